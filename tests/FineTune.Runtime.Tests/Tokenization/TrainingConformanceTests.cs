using System.Text.Json;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;
using FineTune.Tokenization.Added;
using FineTune.Tokenization.Models;
using FineTune.Tokenization.Normalizers;
using FineTune.Tokenization.PreTokenizers;
using FineTune.Tokenization.Reading;
using FineTune.Tokenization.Training;
using FineTune.Tokenization.Unicode;

namespace FineTune.Tests.Tokenization;

public sealed class TrainingConformanceTests(ConformanceReport report)
{
    public static TheoryData<string?> Cases => CaseRows.Of(TokenizerCases.Files("training", _ => true));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = TokenizerCases.Read($"training/{id}.json");
        var model = TokenizerCases.Text(test, "model");
        ConformanceRun.Check(report, TokenizerCases.Area, $"training/{id}", [$"training:{model}"], check =>
        {
            var (tokens, merges, trained) = Train(test, model);
            if (!test.GetProperty("exact").GetBoolean())
            {
                CompareLoosely(check, test, tokens);
                return;
            }

            check.SequenceEqual("vocab", test.GetProperty("vocab").EnumerateArray().Select(token => token.GetString()), tokens);
            if (test.TryGetProperty("merges", out var expected))
                check.SequenceEqual("merges", expected.EnumerateArray().Select(merge => (merge[0].GetString()!, merge[1].GetString()!)), merges);
            foreach (var text in test.GetProperty("texts").EnumerateArray())
            {
                var ids = trained.EncodeWithOffsets(TokenizerCases.Texts[TokenizerCases.Text(text, "id")]).Ids;
                check.SequenceEqual(TokenizerCases.Text(text, "id"), TokenizerCases.Numbers(text.GetProperty("ids")), ids);
            }
        });
    }

    private static (IReadOnlyList<string> Tokens, IReadOnlyList<(string, string)> Merges, Tokenizer Trained) Train(JsonElement test, string model)
    {
        var words = CountWords(test);
        var trainer = test.GetProperty("trainer");
        switch (model)
        {
            case "wordlevel":
                var tokens = WordLearner.Learn(words, Options(trainer, prefix: null));
                return (tokens, [], Build(test, new WordLevelModel(new Vocabulary(Ids(tokens)), "<unk>", "trained")));
            case "wordpiece":
                // WordPiece is learned as BPE whose symbols inside a word carry the prefix.
                var pieces = MergeLearner.Learn(words, Options(trainer, "##"));
                return (pieces.Tokens, pieces.Merges, Build(test, new WordPieceModel(new Vocabulary(Ids(pieces.Tokens)), "[UNK]", "##", 100, "trained")));
            default:
                var learned = MergeLearner.Learn(words, Options(trainer, prefix: null));
                return (learned.Tokens, learned.Merges, Build(test, BytePair(learned, trainer)));
        }
    }

    private static Dictionary<string, int> Ids(IReadOnlyList<string> tokens) =>
        tokens.Select((token, id) => (token, id)).ToDictionary(pair => pair.token, pair => pair.id);

    private static Dictionary<string, long> CountWords(JsonElement test)
    {
        var corpus = Path.Combine(TokenizerCases.Folder!, "training", TokenizerCases.Text(test, "corpus").Split(',')[0]);
        var normalizer = Component(test, "normalizer") is { } node ? NormalizerReader.Read(node) : null;
        var preTokenizer = PreTokenizerReader.Read(Component(test, "pre_tokenizer")!.Value);
        var words = new Dictionary<string, long>();
        foreach (var line in File.ReadAllText(corpus).Split('\n'))
        {
            var text = new NormalizedText(line);
            foreach (var piece in preTokenizer.Split(normalizer?.Normalize(text) ?? text).Where(piece => !piece.IsEmpty))
                words[piece.Text] = words.GetValueOrDefault(piece.Text) + 1;
        }

        return words;
    }

    private static MergeLearnerOptions Options(JsonElement trainer, string? prefix) => new()
    {
        VocabularySize = trainer.GetProperty("vocab_size").GetInt32(),
        MinimumFrequency = trainer.GetProperty("min_frequency").GetInt64(),
        SpecialTokens = [.. trainer.GetProperty("special_tokens").EnumerateArray().Select(token => token.GetString()!)],
        InitialAlphabet = trainer.TryGetProperty("initial_alphabet", out _)
            ? [.. ByteCharacters.All.ToArray().Select(character => character.ToString())]
            : [],
        LimitAlphabet = trainer.TryGetProperty("limit_alphabet", out var limit) ? limit.GetInt32() : null,
        MaxTokenLength = trainer.TryGetProperty("max_token_length", out var length) ? length.GetInt32() : null,
        EndOfWordSuffix = trainer.TryGetProperty("end_of_word_suffix", out var suffix) ? suffix.GetString() : null,
        ContinuingSubwordPrefix = prefix,
    };

    private static BytePairModel BytePair(LearnedMerges learned, JsonElement trainer)
    {
        var vocabulary = new Vocabulary(Ids(learned.Tokens));
        var (merges, table) = VocabularyReader.Merges(learned.Merges, vocabulary, null, "trained");
        // As the reference was run: a model without an unknown token.
        var options = new BytePairOptions
        {
            EndOfWordSuffix = trainer.TryGetProperty("end_of_word_suffix", out var suffix) ? suffix.GetString() : null,
        };
        return new BytePairModel(vocabulary, merges, table, options);
    }

    private static Tokenizer Build(JsonElement test, ITokenModel model)
    {
        var sections = new[] { "normalizer", "pre_tokenizer" }.ToDictionary(name => name, name => test.GetProperty(name));
        var special = test.GetProperty("trainer").GetProperty("special_tokens").EnumerateArray()
            .Select((token, id) => new AddedToken(id, token.GetString()!, Special: true)).ToList();
        return new Tokenizer(new TokenizerDefinition("trained", sections, special, model), TokenizerConfig.Create([]));
    }

    private static FileNode? Component(JsonElement test, string name) =>
        test.GetProperty(name) is { ValueKind: JsonValueKind.Object } element ? new FileNode(element, "case", name) : null;

    private static void CompareLoosely(ConformanceCheck check, JsonElement test, IReadOnlyList<string> tokens)
    {
        var always = test.GetProperty("always").EnumerateArray().Select(token => token.GetString()!).ToHashSet();
        var known = test.GetProperty("sometimes").EnumerateArray().Select(token => token.GetString()!).Concat(always).ToHashSet();
        check.Equal("size", test.GetProperty("size").GetInt32(), tokens.Count);
        foreach (var token in always.Except(tokens))
            check.Fail($"'{token}' is missing");
        if (tokens.Count(known.Contains) < 0.95 * tokens.Count)
            check.Fail($"only {tokens.Count(known.Contains)} of {tokens.Count} tokens are among those of the reference");
    }
}
