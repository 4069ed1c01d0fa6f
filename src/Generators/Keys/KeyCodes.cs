namespace FineTune.Keys;

/// <summary>The codes of mistakes in keys and their values: the same in YAML, in attributes and in <c>--set</c>.</summary>
internal static class KeyCodes
{
    public const string BadPattern = "FT1200";
    public const string UnknownKey = "FT1001";
    public const string WrongType = "FT1006";
    public const string OutOfRange = "FT1007";
    public const string ExclusiveKeys = "FT1008";
    public const string MissingKey = "FT1009";
    public const string UnknownValue = "FT1010";
    public const string UnreadKey = "FT1012";
    public const string UnknownTarget = "FT1015";
    public const string UnusableAssignment = "FT1016";
    public const string RenamedKey = "FT1017";
    public const string UnneededKey = "FT1018";
    public const string MissingFeature = "FT1019";
    public const string MisplacedKey = "FT1020";
    public const string KeyElsewhere = "FT1021";
    public const string DottedKey = "FT1022";
    public const string RenamedValue = "FT1023";
    public const string MissingValue = "FT1024";
    public const string SectionWithoutKeys = "FT1025";
    public const string RepeatedItem = "FT1026";
    public const string EmptyList = "FT1027";
    public const string FractionOfSteps = "FT1028";
    public const string OtherBoolean = "FT1033";
    public const string OtherNumberForm = "FT1034";
    public const string NoInteger = "FT1035";
    public const string TooLargeInteger = "FT1036";
    public const string NotFinite = "FT1037";
    public const string QuotedValue = "FT1038";
    public const string NoValue = "FT1039";
    public const string NumberWithUnit = "FT1040";
    public const string LookAlike = "FT1041";
    public const string NoSpaceAfterColon = "FT1042";
    public const string UnquotedBraces = "FT1044";
    public const string FractionOfRows = "FT1508";
    public const string NotOneValue = "FT1046";
    public const string ControlCharacter = "FT1050";
    public const string NoRowsInABatch = "FT1063";
    public const string NoWarmup = "FT1070";
    public const string NoMinimum = "FT1071";
    public const string NoAdapter = "FT1087";
    public const string TargetPattern = "FT1093";
    public const string TargetWeight = "FT1094";
    public const string SeveralTargets = "FT1095";
    public const string NoLinearTarget = "FT1096";
    public const string NoTestRows = "FT1104";
    public const string NoMetrics = "FT1105";
    public const string NoEvaluations = "FT1106";
    public const string NoRewards = "FT1130";
    public const string MissingModel = "FT1114";
    public const string MissingRows = "FT1115";
    public const string MissingPrompt = "FT1116";
}
