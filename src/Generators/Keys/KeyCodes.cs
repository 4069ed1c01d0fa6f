namespace FineTune.Keys;

/// <summary>The codes of mistakes in keys and their values: the same in YAML, in attributes and in <c>--set</c>.</summary>
internal static class KeyCodes
{
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
    public const string NotOneValue = "FT1046";
}
