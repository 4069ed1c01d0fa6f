namespace FineTune.App;

/// <summary>A message of a previewed conversation.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="End">The token behind its last one; the first message begins with the first token.</param>
internal readonly record struct PreviewMessage(string Role, int End);
