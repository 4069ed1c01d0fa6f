namespace FineTune.Prompts.Templates;

/// <summary>A text that is marked as HTML, so that it is not escaped again.</summary>
internal sealed record Markup(string Text);
