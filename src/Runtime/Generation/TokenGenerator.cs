using FineTune.Data;
using FineTune.Facts;
using FineTune.Models;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Generation;

/// <summary>Continues sequences of token ids, many at a time, with cached keys and values.</summary>
/// <param name="model">The model.</param>
/// <param name="stops">The tokens that end a sequence; they are not part of the continuation.</param>
/// <param name="contextLength">A sequence ends when it has this many tokens.</param>
internal sealed class TokenGenerator(CausalLanguageModel model, IReadOnlyCollection<int> stops, int contextLength = int.MaxValue)
{
    // Tokens whose keys and values are held at a time, and sequences that decode together: more of either cost memory and
    // bring little speed.
    private const int CachedTokens = MemorySizes.CachedTokens;
    private const int LargestBatch = 128;

    private readonly HashSet<int> _stops = [.. stops];

    /// <summary>Continues each prompt.</summary>
    /// <param name="prompts">Token ids, at least one each; neighbours that are the same list are read once.</param>
    /// <param name="options">How.</param>
    /// <param name="appended">Is called for each new token: the prompt's index and the token.</param>
    /// <param name="ended">Is called with the prompt's index when its continuation ends.</param>
    /// <param name="stop">Ends all continuations where they are.</param>
    /// <returns>The new tokens of each prompt, in the order of the prompts.</returns>
    public int[][] Generate(
        IReadOnlyList<int[]> prompts,
        GenerationOptions options,
        Action<int, int>? appended = null,
        Action<int>? ended = null,
        CancellationToken stop = default) =>
        [.. Continue(prompts, options, appended, ended, stop).Select(sequence => sequence.Tokens.ToArray())];

    /// <summary>Continues each prompt, and says how each continuation ended.</summary>
    /// <inheritdoc cref="Generate"/>
    /// <returns>The sequences, in the order of the prompts.</returns>
    public IReadOnlyList<GeneratedSequence> Continue(
        IReadOnlyList<int[]> prompts,
        GenerationOptions options,
        Action<int, int>? appended = null,
        Action<int>? ended = null,
        CancellationToken stop = default)
    {
        var sequences = prompts.Select((prompt, index) => new GeneratedSequence(prompt, index, new TokenSampler(options, index))).ToArray();
        using var none = no_grad();
        // Neighbours of like length leave few unused columns in the cache.
        foreach (var batch in Batches(sequences.OrderBy(sequence => sequence.Prompt.Length), options.MaxNewTokens))
            Continue(batch, options, appended, ended, stop);
        return sequences;
    }

    private void Continue(
        List<GeneratedSequence> batch, GenerationOptions options, Action<int, int>? appended, Action<int>? ended, CancellationToken stop)
    {
        // A prompt that several sequences begin with is read once.
        var distinct = batch.Where((sequence, i) => i == 0 || sequence.Prompt != batch[i - 1].Prompt).Select(sequence => sequence.Prompt).ToList();
        var owner = -1;
        int[] owners = [.. batch.Select((sequence, i) => i > 0 && sequence.Prompt == batch[i - 1].Prompt ? owner : ++owner)];
        using var cache = new KeyValueCache(model.Config, model.ProductType, [.. distinct.Select(prompt => prompt.Length)], options.MaxNewTokens);
        var layout = new SequenceLayout([.. distinct.Select(prompt => prompt.Length)]);
        var tokens = distinct.SelectMany(prompt => prompt).ToArray();
        while (batch.Count > 0 && !stop.IsCancellationRequested)
        {
            using var scope = NewDisposeScope();
            var logits = NextLogits(tokens, layout, cache);
            if (cache.Sequences < owners.Length)
            {
                cache.Keep(owners);
                logits = logits.index_select(0, tensor(owners, dtype: ScalarType.Int64));
            }

            owners = [];
            Append(batch, logits, options.MaxNewTokens, appended, ended);
            Shrink(batch, cache);
            tokens = [.. batch.Select(sequence => sequence.Last)];
            layout = new SequenceLayout([.. batch.Select(_ => 1)]);
        }
    }

    // Ended sequences are taken out of the cache, which copies it, only when they are many; until then they run along unseen.
    private static void Shrink(List<GeneratedSequence> batch, KeyValueCache cache)
    {
        var running = Enumerable.Range(0, batch.Count).Where(i => !batch[i].Ended).ToArray();
        if (running.Length > 0.75 * batch.Count)
            return;
        if (running.Length > 0)
            cache.Keep(running);
        batch.RemoveAll(sequence => sequence.Ended);
    }

    // [sequences, vocabulary], fp32: the logits after the last of each sequence's new tokens.
    private Tensor NextLogits(int[] tokens, SequenceLayout layout, KeyValueCache cache)
    {
        using var context = model.Context(layout, cache);
        var hidden = model.Forward(tokens, context);
        var last = Enumerable.Range(1, layout.Lengths.Count).Select(i => (long)layout.Starts[i] - 1).ToArray();
        return model.Logits(hidden.index_select(0, tensor(last))).to(ScalarType.Float32).contiguous();
    }

    private unsafe void Append(List<GeneratedSequence> batch, Tensor logits, int limit, Action<int, int>? appended, Action<int>? ended)
    {
        var vocabulary = (int)logits.shape[1];
        var address = (nint)TensorMemory.Address(logits);
        var chosen = new int[batch.Count];
        KernelThreads.For(batch.Count, vocabulary, (_, from, to) =>
        {
            for (var i = from; i < to; i++)
                chosen[i] = batch[(int)i].Sampler.Next(new ReadOnlySpan<float>((float*)address + i * vocabulary, vocabulary));
        });
        for (var i = 0; i < batch.Count; i++)
        {
            var sequence = batch[i];
            if (sequence.Ended)
                continue;
            if (_stops.Contains(chosen[i]))
            {
                (sequence.Ended, sequence.Stop) = (true, chosen[i]);
            }
            else
            {
                sequence.Tokens.Add(chosen[i]);
                sequence.Ended = sequence.Tokens.Count == limit || sequence.Prompt.Length + sequence.Tokens.Count >= contextLength;
                appended?.Invoke(sequence.Index, chosen[i]);
            }

            if (sequence.Ended)
                ended?.Invoke(sequence.Index);
        }
    }

    private static IEnumerable<List<GeneratedSequence>> Batches(IEnumerable<GeneratedSequence> sequences, int newTokens)
    {
        var batch = new List<GeneratedSequence>();
        foreach (var sequence in sequences)
        {
            // Ascending lengths: this one decides the columns of the batch.
            var columns = sequence.Prompt.Length + newTokens;
            if (batch.Count > 0 && (batch.Count == LargestBatch || (batch.Count + 1) * columns > CachedTokens))
            {
                yield return batch;
                batch = [];
            }

            batch.Add(sequence);
        }

        if (batch.Count > 0)
            yield return batch;
    }
}
