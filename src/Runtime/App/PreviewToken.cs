namespace FineTune.App;

/// <summary>A token of a previewed row.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">The text that it covers; empty for a token that ends within a character.</param>
/// <param name="Trained">Whether the loss counts it.</param>
internal readonly record struct PreviewToken(int Id, string Text, bool Trained)
{
    /// <summary>Whether it is a special token, such as the end of a turn.</summary>
    public bool IsSpecial { get; init; }
}
