namespace FineTune.Templates;

/// <summary>Where the binder is.</summary>
/// <param name="Symbols">The names.</param>
/// <param name="Code">What runs.</param>
internal sealed record BindingFrame(Symbols Symbols, TemplateCode Code)
{
    /// <summary>Whether assignments here are seen by the whole template.</summary>
    public bool TopLevel { get; init; }

    /// <summary>Whether an unknown filter is an error only where it runs, as within conditions.</summary>
    public bool Soft { get; init; }

    /// <summary>Whether there is a loop to break out of.</summary>
    public bool InLoop { get; init; }

    /// <summary>A scope within this one.</summary>
    public BindingFrame Inner(TemplateCode? code = null) =>
        new(new Symbols(Symbols, code ?? Code), code ?? Code) { InLoop = code is null && InLoop };
}
