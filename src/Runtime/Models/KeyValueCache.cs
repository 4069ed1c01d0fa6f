using FineTune.Data;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>
/// The keys and values of the tokens that a batch of growing sequences has so far, for every block. Sequences end in the same
/// column, so that the next token of all goes into one column; shorter ones begin later.
/// </summary>
internal sealed class KeyValueCache : IDisposable
{
    private readonly ModelConfig _config;
    private readonly Tensor[] _keys; // [sequences, key heads, capacity, headSize] a block
    private readonly Tensor[] _values;
    private int[] _starts;
    private Tensor? _hidden; // 0 where a column belongs to a sequence, -inf before its start: [sequences, 1, 1, capacity]

    /// <param name="config">The model's configuration.</param>
    /// <param name="type">The type of keys and values.</param>
    /// <param name="lengths">The tokens of each sequence that the first forward pass brings.</param>
    /// <param name="growth">The tokens that each may grow by.</param>
    public KeyValueCache(ModelConfig config, ScalarType type, IReadOnlyList<int> lengths, int growth)
    {
        _config = config;
        var longest = lengths.Max();
        _starts = [.. lengths.Select(length => longest - length)];
        long[] shape = [lengths.Count, config.KeyValueHeads, longest + growth, config.HeadSize];
        Tensor New() => zeros(shape, dtype: type).DetachFromDisposeScope();
        _keys = [.. Enumerable.Range(0, config.Layers).Select(_ => New())];
        _values = [.. Enumerable.Range(0, config.Layers).Select(_ => New())];
    }

    /// <summary>The columns in use; 0 before the first forward pass.</summary>
    public int Columns { get; private set; }

    /// <summary>The sequences.</summary>
    public int Sequences => _starts.Length;

    /// <summary>The position of each sequence's next token.</summary>
    public int[] NextPositions => [.. _starts.Select(start => Columns - start)];

    /// <summary>
    /// Takes the keys and values of new tokens and lets their queries see all tokens of their sequence so far: at first any
    /// number of tokens a sequence, then one token each.
    /// </summary>
    /// <param name="block">The block's index.</param>
    /// <param name="query">[T, heads · headSize], rotated.</param>
    /// <param name="key">[T, key heads · headSize], rotated.</param>
    /// <param name="value">[T, key heads · headSize].</param>
    /// <param name="layout">The new tokens of each sequence.</param>
    /// <param name="scale">Multiplies the scores.</param>
    /// <returns>[T, heads · headSize].</returns>
    public Tensor Attend(int block, Tensor query, Tensor key, Tensor value, SequenceLayout layout, double scale)
    {
        if (Columns == 0)
        {
            Store(_keys[block], key, layout);
            Store(_values[block], value, layout);
            return CausalAttention.Evaluate(query, key, value, layout, _config.HeadSize, scale);
        }

        long[] one = [Sequences, _config.KeyValueHeads, 1, _config.HeadSize];
        _keys[block].narrow(2, Columns, 1).copy_(key.view(one));
        _values[block].narrow(2, Columns, 1).copy_(value.view(one));
        return AttendOne(block, query, scale);
    }

    /// <summary>Counts the tokens of a forward pass, after all blocks have taken them.</summary>
    public void Advance(SequenceLayout layout) => Columns = Columns == 0 ? layout.Longest : Columns + 1;

    /// <summary>Forgets sequences, or goes on with some of them several times.</summary>
    /// <param name="kept">The indices of those that stay, ascending; one that stands there twice becomes two.</param>
    public void Keep(IReadOnlyList<int> kept)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(kept.Select(index => (long)index).ToArray());
        foreach (var tensors in new[] { _keys, _values })
        {
            for (var i = 0; i < tensors.Length; i++)
            {
                using var whole = tensors[i];
                tensors[i] = whole.index_select(0, rows).DetachFromDisposeScope();
            }
        }

        _starts = [.. kept.Select(index => _starts[index])];
        _hidden?.Dispose();
        _hidden = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _keys.Concat(_values))
            tensor.Dispose();
        _hidden?.Dispose();
    }

    private void Store(Tensor cache, Tensor rows, SequenceLayout layout)
    {
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            using var scope = NewDisposeScope();
            var length = layout.Lengths[sequence];
            var own = rows.narrow(0, layout.Starts[sequence], length).view(length, _config.KeyValueHeads, _config.HeadSize);
            cache[sequence].narrow(1, _starts[sequence], length).copy_(own.transpose(0, 1));
        }
    }

    private Tensor AttendOne(int block, Tensor query, double scale)
    {
        using var scope = NewDisposeScope();
        var columns = Columns + 1;
        var group = _config.Heads / _config.KeyValueHeads;
        // Scores are exponents: in bf16 their rounding alone would change probabilities by percents.
        var q = query.view(Sequences, _config.KeyValueHeads, group, _config.HeadSize).to(ScalarType.Float32).mul(scale);
        var k = _keys[block].narrow(2, 0, columns).to(ScalarType.Float32);
        var v = _values[block].narrow(2, 0, columns);
        var scores = q.matmul(k.transpose(-1, -2)); // [sequences, key heads, group, columns]
        if (_starts.Any(start => start > 0))
            scores.add_(Hidden().narrow(3, 0, columns));
        var attended = softmax(scores, -1).to(v.dtype).matmul(v);
        return attended.view(Sequences, _config.Heads * _config.HeadSize).MoveToOuterDisposeScope();
    }

    private Tensor Hidden()
    {
        if (_hidden is null)
        {
            var capacity = (int)_keys[0].shape[2];
            var values = new float[_starts.Length * capacity];
            for (var sequence = 0; sequence < _starts.Length; sequence++)
                values.AsSpan(sequence * capacity, _starts[sequence]).Fill(float.NegativeInfinity);
            _hidden = tensor(values, _starts.Length, 1, 1, capacity).DetachFromDisposeScope();
        }

        return _hidden;
    }
}
