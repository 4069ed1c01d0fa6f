using System.Text.Json.Nodes;
using FineTune.Tokenization.Added;
using FineTune.Tokenization.Models;
using FineTune.Tokenization.PreTokenizers.Scanners;
using FineTune.Tokenization.Reading;
using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.Training;

/// <summary>Trains a byte-level BPE tokenizer: feed it text, then take the tokenizer.</summary>
/// <example>
/// <code>
/// var trainer = new BytePairTrainer(new() { VocabularySize = 4096, SpecialTokens = ["&lt;|endoftext|&gt;"], EosToken = "&lt;|endoftext|&gt;" });
/// foreach (var text in texts)
///     trainer.Add(text);
/// trainer.Train().Save("models/tiny");
/// </code>
/// </example>
public sealed class BytePairTrainer
{
    private readonly BytePairTrainerOptions _options;
    private readonly string _pattern;
    private readonly WordScanner _scanner;
    private readonly Dictionary<string, long> _words = [];

    /// <summary>A trainer that has seen no text.</summary>
    public BytePairTrainer(BytePairTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _pattern = options.SplitPattern switch
        {
            SplitPattern.Gpt2 => SplitPatterns.Gpt2,
            SplitPattern.Llama3 => SplitPatterns.Llama3,
            SplitPattern.Qwen2 => SplitPatterns.Qwen2,
            SplitPattern.O200k => SplitPatterns.O200k,
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.SplitPattern, "Unknown split pattern."),
        };
        _scanner = WordScanner.ForPattern(_pattern)!;
        foreach (var token in new[] { options.BosToken, options.EosToken, options.PadToken })
        {
            if (token is not null && !options.SpecialTokens.Contains(token))
                throw new ArgumentException($"'{token}' must be one of the special tokens.", nameof(options));
        }

        if ((options.AddsBos && options.BosToken is null) || (options.AddsEos && options.EosToken is null))
            throw new ArgumentException("A token that is added must be given.", nameof(options));
    }

    /// <summary>Counts the words of a text.</summary>
    public void Add(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start < text.Length;)
        {
            var end = _scanner.WordEnd(text, start);
            var word = text.AsSpan(start, end - start);
            words[word] = words.TryGetValue(word, out var count) ? count + 1 : 1;
            start = end;
        }
    }

    /// <summary>Learns the merges from all the text added so far.</summary>
    public Tokenizer Train()
    {
        // Different texts with the same bytes (lone surrogates) are one word.
        var words = _words.GroupBy(pair => ByteCharacters.Encode(pair.Key), pair => pair.Value)
            .ToDictionary(group => group.Key, group => group.Sum());
        var learned = MergeLearner.Learn(words, new MergeLearnerOptions
        {
            VocabularySize = _options.VocabularySize,
            MinimumFrequency = _options.MinimumFrequency,
            SpecialTokens = _options.SpecialTokens,
            InitialAlphabet = [.. ByteCharacters.All.ToArray().Select(character => character.ToString())],
        });
        return new Tokenizer(Define(learned), Configure());
    }

    private TokenizerDefinition Define(LearnedMerges learned)
    {
        const string File = TokenizerFolder.TokenizerFile;
        var vocabulary = new Vocabulary(learned.Tokens.Select((token, id) => (token, id)).ToDictionary(pair => pair.token, pair => pair.id));
        var (merges, table) = VocabularyReader.Merges(learned.Merges, vocabulary, prefix: null, File);
        var added = _options.SpecialTokens.Select((token, id) => new AddedToken(id, token, Special: true)).ToList();
        return TokenizerDefinition.Create(File, Sections().ToJsonString(), added, new BytePairModel(vocabulary, merges, table, new BytePairOptions()));
    }

    private JsonObject Sections() => new()
    {
        ["pre_tokenizer"] = _options.SplitPattern == SplitPattern.Gpt2
            ? ByteLevel(useRegex: true)
            : new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = "Split",
                        ["pattern"] = new JsonObject { ["Regex"] = _pattern },
                        ["behavior"] = "Isolated",
                        ["invert"] = false,
                    },
                    ByteLevel(useRegex: false)),
            },
        ["post_processor"] = PostProcessor(),
        ["decoder"] = ByteLevel(useRegex: true),
    };

    private static JsonObject ByteLevel(bool useRegex) => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = false,
        ["trim_offsets"] = true,
        ["use_regex"] = useRegex,
    };

    private JsonObject PostProcessor()
    {
        if (!_options.AddsBos && !_options.AddsEos)
            return new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["trim_offsets"] = false, ["use_regex"] = true };
        var single = new JsonArray([.. Around("A", 0)]);
        var pair = new JsonArray([.. Around("A", 0), .. Around("B", 1)]);
        var special = new JsonObject();
        if (_options.AddsBos)
            special[_options.BosToken!] = Special(_options.BosToken!);
        if (_options.AddsEos)
            special[_options.EosToken!] = Special(_options.EosToken!);
        return new JsonObject { ["type"] = "TemplateProcessing", ["single"] = single, ["pair"] = pair, ["special_tokens"] = special };
    }

    private IEnumerable<JsonNode> Around(string sequence, int typeId)
    {
        if (_options.AddsBos)
            yield return Piece("SpecialToken", _options.BosToken!, typeId);
        yield return Piece("Sequence", sequence, typeId);
        if (_options.AddsEos)
            yield return Piece("SpecialToken", _options.EosToken!, typeId);
    }

    private static JsonObject Piece(string kind, string id, int typeId) => new() { [kind] = new JsonObject { ["id"] = id, ["type_id"] = typeId } };

    private JsonObject Special(string token) => new()
    {
        ["id"] = token,
        ["ids"] = new JsonArray(_options.SpecialTokens.ToList().IndexOf(token)),
        ["tokens"] = new JsonArray(token),
    };

    private TokenizerConfig Configure()
    {
        var values = new JsonObject { ["clean_up_tokenization_spaces"] = false, ["tokenizer_class"] = "PreTrainedTokenizerFast" };
        foreach (var (key, token) in new[] { ("bos_token", _options.BosToken), ("eos_token", _options.EosToken), ("pad_token", _options.PadToken) })
        {
            if (token is not null)
                values[key] = token;
        }

        if (_options.ModelMaxLength is { } length)
            values["model_max_length"] = length;
        return TokenizerConfig.Create(values);
    }
}
