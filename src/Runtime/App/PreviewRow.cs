using FineTune.Data.Checks;

namespace FineTune.App;

/// <summary>A row as the model sees it.</summary>
/// <param name="File">The row's file.</param>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Tokens">Its tokens, special ones included.</param>
internal sealed record PreviewRow(string File, int Line, IReadOnlyList<PreviewToken> Tokens)
{
    /// <summary>The messages of a conversation; none where the row is none.</summary>
    public IReadOnlyList<PreviewMessage> Messages { get; init; } = [];

    /// <summary>What is wrong with the row.</summary>
    public IReadOnlyList<RowFinding> Findings { get; init; } = [];
}
