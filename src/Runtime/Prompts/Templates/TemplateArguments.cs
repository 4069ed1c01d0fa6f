using System.ComponentModel;

namespace FineTune.Prompts.Templates;

/// <summary>The arguments of a call. Generated templates create them; nothing else needs to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TemplateArguments
{
    /// <summary>No arguments.</summary>
    public static readonly TemplateArguments None = new([]);

    private readonly TemplateDict? _named;

    /// <summary>Arguments by position.</summary>
    public TemplateArguments(params object?[] positional) => Positional = positional;

    internal TemplateArguments(object?[] positional, TemplateDict? named)
    {
        Positional = positional;
        _named = named is { Count: > 0 } ? named : null;
    }

    internal object?[] Positional { get; }

    internal int Count => Positional.Length;

    internal bool HasNamed => _named is not null;

    internal IReadOnlyList<KeyValuePair<object?, object?>> Named => _named?.Entries ?? [];

    internal bool TryGetNamed(string name, out object? value)
    {
        value = null;
        return _named is not null && _named.TryGet(name, out value);
    }

    /// <summary>The arguments behind the first ones.</summary>
    internal TemplateArguments Skip(int count) => new(Positional[count..], _named);

    internal TemplateDict NamedCopy() => _named?.Copy() ?? new TemplateDict();

    /// <summary>Arguments of a function that takes them by position alone, at least and at most so many.</summary>
    internal object?[] Positionals(string function, int least, int most)
    {
        if (_named is not null)
            throw TemplateException.Type($"{function}() takes no keyword arguments");
        if (Positional.Length < least || Positional.Length > most)
        {
            throw TemplateException.Type(most == 0
                ? $"{function}() takes no arguments ({Positional.Length} given)"
                : $"{function}() takes {(least == most ? $"exactly {least}" : $"from {least} to {most}")} argument(s) ({Positional.Length} given)");
        }

        return Positional;
    }
}
