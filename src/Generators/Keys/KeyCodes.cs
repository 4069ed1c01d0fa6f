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
}
