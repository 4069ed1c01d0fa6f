namespace FineTune.Attributes;

/// <summary>
/// Says how a row becomes text. <c>{Property}</c> is a property of the row, <c>{Property|completion}</c> one that the model
/// learns to write; <c>{{</c> and <c>}}</c> are braces in the text.
/// </summary>
/// <param name="template">The template; the build checks its fields against the row's properties.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class PromptAttribute(string template) : Attribute
{
    /// <summary>The template.</summary>
    public string Template { get; } = template;
}
