namespace FineTune.Recipes;

/// <summary>What happens to a row whose tokens do not fit.</summary>
public enum OverlongRows
{
    /// <summary>The run stops and names the row.</summary>
    Error,

    /// <summary>The row is left out; their number is reported.</summary>
    Drop,

    /// <summary>Tokens at the end are cut off.</summary>
    TruncateEnd,

    /// <summary>Tokens at the start are cut off.</summary>
    TruncateStart,

    /// <summary>The row becomes several sequences.</summary>
    Split,
}
