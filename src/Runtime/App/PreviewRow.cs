namespace FineTune.App;

/// <summary>A row as the model sees it.</summary>
/// <param name="Line">The row's line in its file, from 1.</param>
/// <param name="Tokens">Its tokens, special ones included.</param>
internal sealed record PreviewRow(int Line, IReadOnlyList<PreviewToken> Tokens);
