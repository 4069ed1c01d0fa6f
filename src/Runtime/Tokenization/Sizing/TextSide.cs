namespace FineTune.Tokenization.Sizing;

/// <summary>The side at which tokens are cut off or added.</summary>
public enum TextSide
{
    /// <summary>The end of the text.</summary>
    Right,

    /// <summary>The start of the text.</summary>
    Left,
}
