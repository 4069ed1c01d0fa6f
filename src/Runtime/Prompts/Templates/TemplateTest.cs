using System.ComponentModel;
using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>A test, as behind <c>is</c>. Generated templates use it; nothing else needs to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TemplateTest
{
    private readonly string _name;
    private readonly Signature? _signature;
    private readonly TestBody? _body;

    private TemplateTest(string name)
    {
        _name = name;
        if (Builtins.Tests.TryGetValue(name, out var signature))
            (_signature, _body) = (signature, TestTable.Find(name));
    }

    internal delegate bool TestBody(object? value, object? argument);

    /// <summary>The test of a name. One that there is none of can be asked for, but not applied.</summary>
    public static TemplateTest Get(string name) => new(name);

    /// <summary>Whether a value passes, without arguments.</summary>
    public bool Holds(TemplateRun run, object? value) => _body is not null && _signature!.Required == 0
        ? _body(value, null)
        : Holds(run, value, TemplateArguments.None);

    /// <summary>Whether a value passes.</summary>
    public bool Holds(TemplateRun run, object? value, TemplateArguments arguments)
    {
        if (_body is null)
            throw new TemplateException(TemplateErrorKind.Runtime, $"No test named {PythonText.Quote(_name)} found.");
        var bound = Bound.Of(_name, arguments, _signature!);
        return _body(value, bound.Length > 0 ? bound[0].Value : null);
    }
}
