using FineTune.Keys;
using FineTune.Rules;
using Microsoft.CodeAnalysis;

namespace FineTune.Diagnostics;

/// <summary>
/// FT1xxx: mistakes in a recipe's keys and values, in YAML or in attributes. Messages are built where the mistake is found,
/// because <c>--set</c> shows the same ones at run time without a compiler.
/// </summary>
internal static class RecipeDiagnostics
{
    private const string Category = "FineTune.Recipe";

    public static readonly DiagnosticDescriptor MalformedYaml = Error("FT1000", "The recipe is not well-formed YAML");
    public static readonly DiagnosticDescriptor UnknownKey = Error(KeyCodes.UnknownKey, "A recipe has no such key");
    public static readonly DiagnosticDescriptor EmptyRecipe = Error("FT1002", "The recipe is empty");
    public static readonly DiagnosticDescriptor SeveralDocuments = Error("FT1003", "A recipe file has one YAML document");
    public static readonly DiagnosticDescriptor DuplicateRecipe = Error("FT1004", "Two recipes have the same name");
    public static readonly DiagnosticDescriptor TabIndentation = Error("FT1005", "YAML is indented with spaces");
    public static readonly DiagnosticDescriptor WrongType = Error(KeyCodes.WrongType, "The value has the wrong type");
    public static readonly DiagnosticDescriptor OutOfRange = Error(KeyCodes.OutOfRange, "The value is out of range");
    public static readonly DiagnosticDescriptor ExclusiveKeys = Error(KeyCodes.ExclusiveKeys, "Two keys exclude each other");
    public static readonly DiagnosticDescriptor MissingKey = Error(KeyCodes.MissingKey, "A required key is missing");
    public static readonly DiagnosticDescriptor UnknownValue = Error(KeyCodes.UnknownValue, "The key has no such value");
    public static readonly DiagnosticDescriptor DuplicateKey = Error("FT1011", "A key is given twice");
    public static readonly DiagnosticDescriptor UnreadKey = Error(KeyCodes.UnreadKey, "The key is not read without another");
    public static readonly DiagnosticDescriptor Anchor = Error("FT1013", "A recipe has no anchors");
    public static readonly DiagnosticDescriptor UnusableName = Error("FT1014", "The recipe's name cannot be a class name");
    public static readonly DiagnosticDescriptor UnknownTarget = Error(KeyCodes.UnknownTarget, "The model has no such module");

    public static readonly DiagnosticDescriptor BadPattern = Error(KeyCodes.BadPattern, "The text is no regular expression");

    public static readonly DiagnosticDescriptor RenamedKey = Error(KeyCodes.RenamedKey, "The key has another name here");
    public static readonly DiagnosticDescriptor UnneededKey = Error(KeyCodes.UnneededKey, "A setting of another tool is not needed here");
    public static readonly DiagnosticDescriptor MissingFeature = Error(KeyCodes.MissingFeature, "A setting of another tool has no equivalent here");
    public static readonly DiagnosticDescriptor MisplacedKey = Error(KeyCodes.MisplacedKey, "The key belongs in another section");
    public static readonly DiagnosticDescriptor KeyElsewhere = Error(KeyCodes.KeyElsewhere, "The setting is no part of a recipe");
    public static readonly DiagnosticDescriptor DottedKey = Error(KeyCodes.DottedKey, "Keys of a section are indented below it");
    public static readonly DiagnosticDescriptor RenamedValue = Error(KeyCodes.RenamedValue, "The value has another name here");
    public static readonly DiagnosticDescriptor MissingValue = Error(KeyCodes.MissingValue, "A value of another tool has no equivalent here");
    public static readonly DiagnosticDescriptor SectionWithoutKeys = Error(KeyCodes.SectionWithoutKeys, "A section holds keys");
    public static readonly DiagnosticDescriptor RepeatedItem = Error(KeyCodes.RepeatedItem, "A list names something twice");
    public static readonly DiagnosticDescriptor EmptyList = Error(KeyCodes.EmptyList, "The list is empty");
    public static readonly DiagnosticDescriptor FractionOfSteps = Error(KeyCodes.FractionOfSteps, "Steps are whole");
    public static readonly DiagnosticDescriptor Alias = Error("FT1030", "A recipe has no aliases");
    public static readonly DiagnosticDescriptor Tag = Error("FT1031", "A recipe has no tags");
    public static readonly DiagnosticDescriptor MergeKey = Error("FT1032", "A recipe has no merge keys");
    public static readonly DiagnosticDescriptor OtherBoolean = Error(KeyCodes.OtherBoolean, "Booleans are true and false");
    public static readonly DiagnosticDescriptor OtherNumberForm = Error(KeyCodes.OtherNumberForm, "Numbers are decimal and without separators");
    public static readonly DiagnosticDescriptor NoInteger = Error(KeyCodes.NoInteger, "The number must be an integer");
    public static readonly DiagnosticDescriptor TooLargeInteger = Error(KeyCodes.TooLargeInteger, "The integer is too large");
    public static readonly DiagnosticDescriptor NotFinite = Error(KeyCodes.NotFinite, "The number is not finite");
    public static readonly DiagnosticDescriptor QuotedValue = Error(KeyCodes.QuotedValue, "Numbers and booleans are written without quotes");
    public static readonly DiagnosticDescriptor NoValue = Error(KeyCodes.NoValue, "The key has no value");
    public static readonly DiagnosticDescriptor NumberWithUnit = Error(KeyCodes.NumberWithUnit, "A number is written without its unit");
    public static readonly DiagnosticDescriptor LookAlike = Error(KeyCodes.LookAlike, "A character only looks right");
    public static readonly DiagnosticDescriptor NoSpaceAfterColon = Error(KeyCodes.NoSpaceAfterColon, "A key is followed by a colon and a space");
    public static readonly DiagnosticDescriptor EmptySection = Error("FT1043", "The section is empty");
    public static readonly DiagnosticDescriptor UnquotedBraces = Error(KeyCodes.UnquotedBraces, "A prompt that begins with a brace needs quotes");
    public static readonly DiagnosticDescriptor UnquotedColon = Error("FT1045", "A text with a colon needs quotes");
    public static readonly DiagnosticDescriptor NotOneValue = Error(KeyCodes.NotOneValue, "The key has one value");
    public static readonly DiagnosticDescriptor ControlCharacter = Error(KeyCodes.ControlCharacter, "A text on one line has a control character");
    public static readonly DiagnosticDescriptor NoRowsInABatch = Error(KeyCodes.NoRowsInABatch, "Accumulation counts batches of rows");
    public static readonly DiagnosticDescriptor NoWarmup = Error(KeyCodes.NoWarmup, "The schedule has no warm-up");
    public static readonly DiagnosticDescriptor NoMinimum = Error(KeyCodes.NoMinimum, "The schedule has no minimum");
    public static readonly DiagnosticDescriptor NoAdapter = Error(KeyCodes.NoAdapter, "There is no adapter");
    public static readonly DiagnosticDescriptor TargetPattern = Error(KeyCodes.TargetPattern, "A target is a name and no pattern");
    public static readonly DiagnosticDescriptor TargetWeight = Error(KeyCodes.TargetWeight, "A target is a module and no weight");
    public static readonly DiagnosticDescriptor SeveralTargets = Error(KeyCodes.SeveralTargets, "Several targets are written as one");
    public static readonly DiagnosticDescriptor NoLinearTarget = Error(KeyCodes.NoLinearTarget, "The target is a norm");
    public static readonly DiagnosticDescriptor NoTestRows = Error(KeyCodes.NoTestRows, "There are no test rows");
    public static readonly DiagnosticDescriptor NoMetrics = Error(KeyCodes.NoMetrics, "There are no metrics");
    public static readonly DiagnosticDescriptor NoEvaluations = Error(KeyCodes.NoEvaluations, "Nothing is evaluated during training");
    public static readonly DiagnosticDescriptor NoRewards = Error(KeyCodes.NoRewards, "Nothing says which completions are good");
    public static readonly DiagnosticDescriptor MissingModel = Error(KeyCodes.MissingModel, "The recipe names no base model");
    public static readonly DiagnosticDescriptor MissingRows = Error(KeyCodes.MissingRows, "The recipe names no training rows");
    public static readonly DiagnosticDescriptor MissingPrompt = Error(KeyCodes.MissingPrompt, "The recipe has no prompt");
    public static readonly DiagnosticDescriptor CutByComment = Warning("FT1047", "A comment ends the prompt");
    public static readonly DiagnosticDescriptor FoldedPrompt = Warning("FT1048", "A folded block joins the prompt's lines");

    public static readonly DiagnosticDescriptor[] All =
    [
        MalformedYaml, UnknownKey, EmptyRecipe, SeveralDocuments, DuplicateRecipe, TabIndentation, WrongType, OutOfRange,
        ExclusiveKeys, MissingKey, UnknownValue, DuplicateKey, UnreadKey, Anchor, UnusableName, UnknownTarget, BadPattern, RenamedKey, UnneededKey,
        MissingFeature, MisplacedKey, KeyElsewhere, DottedKey, RenamedValue, MissingValue, SectionWithoutKeys, RepeatedItem, EmptyList, FractionOfSteps,
        Alias, Tag, MergeKey, OtherBoolean, OtherNumberForm, NoInteger, TooLargeInteger, NotFinite, QuotedValue, NoValue,
        NumberWithUnit, LookAlike, NoSpaceAfterColon, EmptySection, UnquotedBraces, UnquotedColon, NotOneValue, ControlCharacter,
        NoRowsInABatch, NoWarmup, NoMinimum, NoAdapter, TargetPattern, TargetWeight, SeveralTargets, NoLinearTarget, NoTestRows, NoMetrics,
        NoEvaluations, NoRewards, MissingModel, MissingRows, MissingPrompt, CutByComment, FoldedPrompt,
        .. RecipeRules.All.GroupBy(rule => rule.Code).Select(rules => Create(rules.First())),
    ];

    private static DiagnosticDescriptor Create(RecipeRule rule) =>
        DescriptorForm.Of(rule.Code, rule.Title, Category, rule.Severity == RuleSeverity.Error ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Error(string id, string title) => DescriptorForm.Of(id, title, Category, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title) => DescriptorForm.Of(id, title, Category, DiagnosticSeverity.Warning);
}
