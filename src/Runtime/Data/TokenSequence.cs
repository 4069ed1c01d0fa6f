using System.Collections;

namespace FineTune.Data;

/// <summary>A tokenized sequence and its loss mask.</summary>
internal sealed class TokenSequence
{
    private readonly int[] _ids;
    private readonly BitArray _trained;

    /// <param name="ids">The token ids.</param>
    /// <param name="trained">Whether the loss counts each token.</param>
    /// <param name="row">The row's line in the data file, for messages.</param>
    public TokenSequence(int[] ids, BitArray trained, int row)
    {
        if (ids.Length != trained.Length)
            throw new ArgumentException("The mask has one entry a token.", nameof(trained));
        (_ids, _trained, Row) = (ids, trained, row);
        for (var t = 1; t < ids.Length; t++)
            TrainedTokens += trained[t] ? 1 : 0;
    }

    /// <summary>The token ids.</summary>
    public ReadOnlySpan<int> Ids => _ids;

    /// <summary>The number of tokens.</summary>
    public int Length => _ids.Length;

    /// <summary>The row's line in the data file.</summary>
    public int Row { get; }

    /// <summary>The row's file, for messages; <see langword="null"/> for a sequence of none.</summary>
    public string? File { get; init; }

    /// <summary>A token that covers the end of an untrained and the beginning of a trained segment; <see langword="null"/> if none does.</summary>
    public int? Merged { get; init; }

    /// <summary>The row itself, of a prompt whose completions are sampled and judged; else <see langword="null"/>.</summary>
    public PromptRow? Prompt { get; init; }

    /// <summary>Where the row is, as messages write it.</summary>
    public string Place => $"{File}:{Row}";

    /// <summary>The tokens that the loss counts; the first is predicted by nothing, so it never is one.</summary>
    public int TrainedTokens { get; }

    /// <summary>Some of the tokens, as a sequence of its own.</summary>
    public TokenSequence Slice(int start, int length) =>
        new(_ids[start..(start + length)], new BitArray([.. Enumerable.Range(start, length).Select(t => _trained[t])]), Row) { File = File, Prompt = Prompt };

    /// <summary>Whether the loss counts token <paramref name="t"/>.</summary>
    public bool IsTrained(int t) => t > 0 && _trained[t];
}
