namespace DocsDataset.Metadata;

/// <summary>Operators as C# writes them.</summary>
internal static class OperatorNames
{
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["op_UnaryPlus"] = "+",
        ["op_UnaryNegation"] = "-",
        ["op_LogicalNot"] = "!",
        ["op_OnesComplement"] = "~",
        ["op_Increment"] = "++",
        ["op_Decrement"] = "--",
        ["op_True"] = "true",
        ["op_False"] = "false",
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_Modulus"] = "%",
        ["op_BitwiseAnd"] = "&",
        ["op_BitwiseOr"] = "|",
        ["op_ExclusiveOr"] = "^",
        ["op_LeftShift"] = "<<",
        ["op_RightShift"] = ">>",
        ["op_UnsignedRightShift"] = ">>>",
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_GreaterThan"] = ">",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThanOrEqual"] = ">=",
    };

    /// <summary>The operator's name, such as <c>operator +</c> or <c>implicit operator int</c>.</summary>
    public static string Of(string method, string returnType) => method switch
    {
        "op_Implicit" => "implicit operator " + returnType,
        "op_Explicit" => "explicit operator " + returnType,
        "op_CheckedExplicit" => "explicit operator checked " + returnType,
        _ => "operator " + SymbolOf(method),
    };

    /// <summary>The declaration up to the parameters, such as <c>TimeSpan DateTime.operator -</c>.</summary>
    public static string Declare(string method, string returnType, string type) => method switch
    {
        "op_Implicit" => $"implicit {type}.operator {returnType}",
        "op_Explicit" => $"explicit {type}.operator {returnType}",
        "op_CheckedExplicit" => $"explicit {type}.operator checked {returnType}",
        _ => $"{returnType} {type}.operator {SymbolOf(method)}",
    };

    // An operator of a later C# or another language keeps its metadata name: that is still readable.
    private static string SymbolOf(string method)
    {
        var plain = method.Replace("op_Checked", "op_", StringComparison.Ordinal);
        return Symbols.TryGetValue(plain, out var symbol) ? plain == method ? symbol : "checked " + symbol : method;
    }
}
