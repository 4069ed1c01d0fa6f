namespace FineTune.Prompts.Templates;

/// <summary>
/// What a name or an attribute that does not exist evaluates to. It prints as nothing, is false and empty; to use it otherwise
/// is an error, which tells where it came from.
/// </summary>
internal sealed class Undefined
{
    private static readonly object NoOwner = new();

    private readonly object? _owner;
    private readonly object? _name;
    private readonly string? _hint;

    private Undefined(object? owner, object? name, string? hint, TemplateErrorKind kind)
    {
        TemplateBudget.Value(56);
        _owner = owner;
        _name = name;
        _hint = hint;
        Kind = kind;
    }

    /// <summary>The kind of the error of using it.</summary>
    public TemplateErrorKind Kind { get; }

    /// <summary>A name that nothing defines.</summary>
    public static Undefined Name(string name) => new(NoOwner, name, null, TemplateErrorKind.Undefined);

    /// <summary>An attribute or an item that a value does not have.</summary>
    public static Undefined Member(object? owner, object? name) => new(owner, name, null, TemplateErrorKind.Undefined);

    /// <summary>An attribute that templates may not see.</summary>
    public static Undefined Unsafe(object? owner, string name) => new(
        NoOwner, name, $"access to attribute {PythonText.Quote(name)} of '{PythonTypes.NameOf(owner)}' object is unsafe.", TemplateErrorKind.Security);

    /// <summary>Something else that is not there.</summary>
    public static Undefined Hint(string hint) => new(NoOwner, null, hint, TemplateErrorKind.Undefined);

    public TemplateException Fail() => new(Kind, _hint ?? Describe());

    private string Describe()
    {
        if (ReferenceEquals(_owner, NoOwner))
            return $"{PythonText.Repr(_name)} is undefined";
        return _name is string name
            ? $"'{PythonTypes.Describe(_owner)}' has no attribute {PythonText.Quote(name)}"
            : $"{PythonTypes.Describe(_owner)} has no element {PythonText.Repr(_name)}";
    }
}
