using System.Text.Json;

namespace FineTune.Facts;

/// <summary>What <c>tokenizer.json</c> says of ids and of the tokens around a text, read in one pass without the vocabulary's texts.</summary>
internal sealed class TokenizerSummary
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private readonly Dictionary<string, long> _added = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wanted;
    private long _highest = -1;

    private TokenizerSummary(IEnumerable<string> wanted)
    {
        _wanted = [.. wanted];
    }

    /// <summary>One more than the highest id.</summary>
    public long Size => _highest + 1;

    /// <summary>The special tokens before a text.</summary>
    public List<string> Before { get; } = [];

    /// <summary>The special tokens after a text.</summary>
    public List<string> After { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Tokens whose ids are looked for.</param>
    /// <exception cref="FineTuneException">FT5202: it cannot be read or is not JSON.</exception>
    public static TokenizerSummary Read(string path, IEnumerable<string> wanted)
    {
        var summary = new TokenizerSummary(wanted);
        var json = JsonFactFile.ReadTokenizer(path, "FT5202");
        try
        {
            FolderJson.CheckText(json);
            var reader = new Utf8JsonReader(json, Options);
            summary.ReadRoot(ref reader);
        }
        catch (JsonException exception)
        {
            throw JsonFactFile.Broken(path, exception, "FT5202");
        }

        return summary;
    }

    public long? IdOf(string token) => _added.TryGetValue(token, out var id) ? id : null;

    private void ReadRoot(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("it is no object", null, 0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("added_tokens"u8))
                ReadAddedTokens(ref reader);
            else if (reader.ValueTextEquals("model"u8))
                ReadModel(ref reader);
            else if (reader.ValueTextEquals("post_processor"u8))
                ReadPostProcessor(ref reader);
            else
                reader.Skip();
        }

        while (reader.Read())
        {
        }
    }

    private void ReadAddedTokens(ref Utf8JsonReader reader)
    {
        reader.Read();
        foreach (var token in Items(ref reader))
        {
            if (token.Number("id") is not { } id || token.Text("content") is not { } content)
                continue;
            _highest = Math.Max(_highest, id);
            _added[content] = id;
        }
    }

    private void ReadModel(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("vocab"u8))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadVocabulary(ref reader);
            else if (reader.TokenType == JsonTokenType.StartArray)
                ReadPieces(ref reader);
        }
    }

    private void ReadVocabulary(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = _wanted.Count > 0 && reader.ValueSpan.Length <= 64 ? reader.GetString() : null;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id))
            {
                _highest = Math.Max(_highest, id);
                if (wanted is not null && _wanted.Contains(wanted))
                    _added.TryAdd(wanted, id);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // A unigram model's pieces: pairs of text and score, whose ids are their places.
    private void ReadPieces(ref Utf8JsonReader reader)
    {
        long id = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && reader.GetString() is { } piece && _wanted.Contains(piece))
                    _added.TryAdd(piece, id);
                while (reader.TokenType != JsonTokenType.EndArray)
                {
                    reader.Skip();
                    reader.Read();
                }
            }
            else
            {
                reader.Skip();
            }

            id++;
        }

        _highest = Math.Max(_highest, id - 1);
    }

    private void ReadPostProcessor(ref Utf8JsonReader reader)
    {
        reader.Read();
        using var document = JsonDocument.ParseValue(ref reader);
        ReadPostProcessor(document.RootElement);
    }

    private void ReadPostProcessor(JsonElement processor)
    {
        switch (processor.Text("type"))
        {
            case "Sequence" when processor.Find("processors") is { ValueKind: JsonValueKind.Array } processors:
                foreach (var part in processors.EnumerateArray())
                    ReadPostProcessor(part);
                break;
            case "TemplateProcessing" when processor.Find("single") is { ValueKind: JsonValueKind.Array } pieces:
                var side = Before;
                foreach (var piece in pieces.EnumerateArray())
                {
                    if (piece.Find("Sequence") is not null)
                        side = After;
                    else if (piece.Find("SpecialToken")?.Text("id") is { } token)
                        side.Add(token);
                }

                break;
            case "BertProcessing" or "RobertaProcessing":
                AddToken(Before, processor, "cls");
                AddToken(After, processor, "sep");
                break;
        }
    }

    private static void AddToken(List<string> side, JsonElement processor, string key)
    {
        if (processor.Find(key) is { ValueKind: JsonValueKind.Array } pair && pair.GetArrayLength() > 0 && pair[0].ValueKind == JsonValueKind.String
            && pair[0].GetString() is { } token)
            side.Add(token);
    }

    private static List<JsonElement> Items(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(item => item.Clone())] : [];
    }
}
