namespace FineTune.Facts.Rules;

/// <summary>The codes of what is wrong between a recipe and the files that it names: the same at build and at run time.</summary>
internal static class FactCodes
{
    public const string UnknownTarget = "FT1300";
    public const string TiedHead = "FT1301";
    public const string UnsupportedModel = "FT1302";
    public const string BeyondContext = "FT1303";
    public const string NoTokenizer = "FT1304";
    public const string NoWeights = "FT1305";
    public const string TokenizerTooLarge = "FT1306";
    public const string MissingShard = "FT1307";
    public const string QuantizedCheckpoint = "FT1308";
    public const string RoundedWeights = "FT1309";
    public const string StoredOtherwise = "FT1310";
    public const string NoEndToken = "FT1311";
    public const string RankTooLarge = "FT1312";
    public const string TokenOutsideVocabulary = "FT1315";
    public const string OtherEmbedding = "FT1316";
    public const string OtherLayers = "FT1317";
    public const string BeyondTokenizer = "FT1318";
    public const string BeyondMemory = "FT1320";
    public const string UnreadableMemory = "FT1321";
    public const string DoubledBos = "FT1323";
    public const string DoubledEos = "FT1324";

    public const string UnknownColumn = "FT1330";
    public const string UnusedColumns = "FT1331";
    public const string MissingColumn = "FT1332";
    public const string OtherType = "FT1333";
    public const string NullValue = "FT1334";
    public const string TestCopiesTrain = "FT1336";
    public const string MixedColumn = "FT1339";
    public const string OtherShape = "FT1341";
    public const string NestedField = "FT1342";
    public const string TestLacksColumn = "FT1344";
    public const string EmptyCompletion = "FT1345";
    public const string NullInPrompt = "FT1346";

    private static readonly HashSet<string> Notes = new(StringComparer.Ordinal) { UnusedColumns };

    private static readonly HashSet<string> Warnings = new(StringComparer.Ordinal)
    {
        TiedHead, RoundedWeights, StoredOtherwise, NoEndToken, RankTooLarge, BeyondTokenizer, BeyondMemory, UnreadableMemory, DoubledBos, DoubledEos,
        TestCopiesTrain, OtherShape, NullInPrompt,
    };

    /// <summary>Whether this is no mistake, but worth knowing.</summary>
    public static bool IsNote(string code) => Notes.Contains(code);

    /// <summary>Whether a recipe with this mistake can run, though it is not what one would want.</summary>
    public static bool IsWarning(string code) => Warnings.Contains(code);

    /// <summary>Whether no recipe with this mistake can run.</summary>
    public static bool IsError(string code) => !IsWarning(code) && !IsNote(code);
}
