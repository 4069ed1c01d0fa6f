using System.Text.Json;

namespace FineTune.Tokenization.Models;

/// <summary>Tokens and their ids, both ways.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idsBySpan;
    private readonly Dictionary<int, string> _tokens;

    /// <param name="ids">Token to id. Two tokens may share an id (the reference allows it): the first keeps it for decoding.</param>
    public Vocabulary(Dictionary<string, int> ids)
    {
        _ids = ids;
        _idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _tokens = new Dictionary<int, string>(ids.Count);
        foreach (var (token, id) in ids)
            _tokens.TryAdd(id, token);
        EndId = ids.Count == 0 ? 0 : _tokens.Keys.Max() + 1;
    }

    public int Count => _ids.Count;

    /// <summary>One more than the highest id.</summary>
    public int EndId { get; }

    public IEnumerable<KeyValuePair<string, int>> InIdOrder => _ids.OrderBy(pair => pair.Value);

    public bool TryGetId(ReadOnlySpan<char> token, out int id) => _idsBySpan.TryGetValue(token, out id);

    public bool TryGetToken(int id, out string token) => _tokens.TryGetValue(id, out token!);

    /// <summary>The token of an id that is known to exist.</summary>
    public string Token(int id) => _tokens[id];

    /// <summary>Writes the property <c>vocab</c>.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("vocab");
        foreach (var (token, id) in InIdOrder)
            writer.WriteNumber(token, id);
        writer.WriteEndObject();
    }
}
