namespace FineTune.Templates;

/// <summary>The parameters of a filter, a test or a function, without the value that a filter or a test is applied to.</summary>
/// <param name="Parameters">Names; those with <c>?</c> at the end may be left out.</param>
internal sealed record Signature(params string[] Parameters)
{
    /// <summary>Whether further arguments may follow, also by any name.</summary>
    public bool Open { get; init; }

    /// <summary>Whether arguments may be given by name.</summary>
    public bool ByName { get; init; } = true;

    public int Required => Parameters.Count(parameter => parameter[parameter.Length - 1] != '?');

    public int IndexOf(string name) => Array.FindIndex(Parameters, parameter => parameter.TrimEnd('?') == name);
}
