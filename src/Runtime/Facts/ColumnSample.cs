using System.Text.Json;

namespace FineTune.Facts;

/// <summary>Gathers what the values of one column are, row by row.</summary>
internal sealed class ColumnSample(string name, int depth)
{
    /// <summary>Messages with parts and tool calls are five levels deep.</summary>
    private const int MostLevels = 8;

    private const int MostKeys = 512;

    private readonly Dictionary<string, ColumnSample> _keys = new(StringComparer.Ordinal);
    private readonly List<ColumnSample> _order = [];
    private ColumnSample? _items;
    private ColumnKind _kind;
    private bool _isOpaque;
    private long _objects;
    private long _seenIn;
    private (long Row, ColumnKind Kind)? _conflict;

    /// <summary>The first row in which the value is null.</summary>
    public long? NullRow { get; private set; }

    private long? MissingRow { get; set; }

    private long? EmptyRow { get; set; }

    private long? FirstRow { get; set; }

    /// <summary>Looks at a value; the reader is left at its end.</summary>
    public void Add(ref Utf8JsonReader reader, long row)
    {
        FirstRow ??= row;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                NullRow ??= row;
                break;
            case JsonTokenType.String:
                Add(ColumnKind.String, row);
                if (reader.ValueSpan.IsEmpty)
                    EmptyRow ??= row;
                break;
            case JsonTokenType.True or JsonTokenType.False:
                Add(ColumnKind.Boolean, row);
                break;
            case JsonTokenType.Number:
                Add(reader.TryGetInt64(out _) ? ColumnKind.Integer : ColumnKind.Number, row);
                break;
            case JsonTokenType.StartObject:
                Add(ColumnKind.Object, row);
                AddObject(ref reader, row);
                break;
            case JsonTokenType.StartArray:
                Add(ColumnKind.List, row);
                AddItems(ref reader, row);
                break;
        }
    }

    /// <summary>Notes a row without the column.</summary>
    public void Miss(long row) => MissingRow ??= row;

    public ColumnFacts ToFacts() => new(name, _isOpaque ? ColumnKind.Opaque : _conflict is null ? _kind : ColumnKind.Mixed)
    {
        NullRow = NullRow,
        MissingRow = MissingRow,
        EmptyRow = EmptyRow,
        ConflictRow = _conflict?.Row,
        Conflict = _conflict is { } conflict ? (_kind, conflict.Kind) : default,
        Children = _isOpaque || _conflict is not null ? default : new(Children()),
    };

    /// <summary>The keys of the objects seen.</summary>
    public IEnumerable<ColumnFacts> Children() => _items is { } items ? [items.ToFacts()] : _order.Select(key => key.ToFacts());

    private void AddObject(ref Utf8JsonReader reader, long row)
    {
        if (depth == MostLevels)
        {
            _isOpaque = true;
            reader.Skip();
            return;
        }

        _objects++;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (!_keys.TryGetValue(key, out var column))
            {
                if (_keys.Count == MostKeys)
                {
                    _isOpaque = true;
                    reader.Skip();
                    continue;
                }

                _keys.Add(key, column = new ColumnSample(key, depth + 1));
                _order.Add(column);
                if (_objects > 1)
                    column.Miss(FirstRow!.Value);
            }

            column._seenIn = _objects;
            column.Add(ref reader, row);
        }

        foreach (var column in _order.Where(column => column._seenIn != _objects))
            column.Miss(row);
    }

    private void AddItems(ref Utf8JsonReader reader, long row)
    {
        if (depth == MostLevels)
        {
            _isOpaque = true;
            reader.Skip();
            return;
        }

        _items ??= new ColumnSample("", depth + 1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            _items.Add(ref reader, row);
    }

    private void Add(ColumnKind kind, long row)
    {
        if (_kind is ColumnKind.Null || (_kind, kind) is (ColumnKind.Integer, ColumnKind.Number))
            _kind = kind;
        else if (_kind != kind && (_kind, kind) is not (ColumnKind.Number, ColumnKind.Integer))
            _conflict ??= (row, kind);
    }
}
