using System.ComponentModel;
using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>A filter. Generated templates use it; nothing else needs to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TemplateFilter
{
    private readonly string _name;
    private readonly Signature? _signature;
    private readonly FilterBody? _body;
    private readonly OpenFilterBody? _openBody;
    private readonly Bound[] _none;

    private TemplateFilter(string name)
    {
        _name = name;
        _none = [];
        if (!Builtins.Filters.TryGetValue(name, out var signature))
            return;
        _signature = signature;
        _none = new Bound[signature.Parameters.Length];
        _body = FilterTable.Find(name);
        _openBody = FilterTable.FindOpen(name);
    }

    internal delegate object? FilterBody(TemplateRun run, object? value, Bound[] arguments);

    internal delegate object? OpenFilterBody(TemplateRun run, object? value, TemplateArguments arguments);

    /// <summary>The filter of a name. One that there is none of can be asked for, but not applied.</summary>
    public static TemplateFilter Get(string name) => new(name);

    /// <summary>Applies the filter without arguments.</summary>
    public object? Apply(TemplateRun run, object? value) => _body is not null && _signature!.Required == 0
        ? _body(run, value, _none)
        : Apply(run, value, TemplateArguments.None);

    /// <summary>Applies the filter.</summary>
    public object? Apply(TemplateRun run, object? value, TemplateArguments arguments)
    {
        if (_openBody is not null)
            return _openBody(run, value, arguments);
        return _body is not null
            ? _body(run, value, Bound.Of(_name, arguments, _signature!))
            : throw new TemplateException(TemplateErrorKind.Runtime, $"No filter named {PythonText.Quote(_name)} found.");
    }
}
