namespace FineTune.Templates;

/// <summary>A statement of a template.</summary>
/// <param name="line">The line that Jinja gives it, from 1.</param>
internal abstract class Statement(int line)
{
    public int Line { get; } = line;
}

/// <summary>Text and expressions that are printed.</summary>
internal sealed class OutputStatement(IReadOnlyList<Expression> items, int line) : Statement(line)
{
    public IReadOnlyList<Expression> Items { get; } = items;
}

/// <summary><c>{% for %}</c>.</summary>
internal sealed class ForStatement(
    Expression target, Expression iterable, Expression? test, bool recursive, IReadOnlyList<Statement> body, IReadOnlyList<Statement> otherwise, int line)
    : Statement(line)
{
    public Expression Target { get; } = target;

    public Expression Iterable { get; } = iterable;

    /// <summary>The condition behind <c>if</c>; it has variables of its own, <see cref="TestTarget"/> among them.</summary>
    public Expression? Test { get; } = test;

    /// <summary>A copy of the target for the condition's variables.</summary>
    public Expression? TestTarget { get; set; }

    public bool Recursive { get; } = recursive;

    public IReadOnlyList<Statement> Body { get; } = body;

    public IReadOnlyList<Statement> Else { get; } = otherwise;

    /// <summary>What an iteration costs: it may be as much as the body is long.</summary>
    public int Cost { get; } = TemplateWalker.Cost(body);

    /// <summary>The variable <c>loop</c>, if the body reads it.</summary>
    public Slot? Loop { get; set; }

    public Scope BodyScope { get; set; } = null!;

    public Scope TestScope { get; set; } = null!;

    public Scope ElseScope { get; set; } = null!;
}

/// <summary><c>{% if %}</c> with its branches.</summary>
internal sealed class IfStatement(IReadOnlyList<(Expression Test, IReadOnlyList<Statement> Body, int Line)> branches, IReadOnlyList<Statement> otherwise, int line)
    : Statement(line)
{
    public IReadOnlyList<(Expression Test, IReadOnlyList<Statement> Body, int Line)> Branches { get; } = branches;

    public IReadOnlyList<Statement> Else { get; } = otherwise;
}

/// <summary>The parameters and the body of a macro or of a call block.</summary>
internal sealed class MacroBody(
    string? name, IReadOnlyList<NameExpression> parameters, IReadOnlyList<Expression> defaults, IReadOnlyList<Statement> body, int line)
{
    /// <summary>The macro's name; <see langword="null"/> of a call block.</summary>
    public string? Name { get; } = name;

    public IReadOnlyList<NameExpression> Parameters { get; } = parameters;

    /// <summary>The values of the last parameters.</summary>
    public IReadOnlyList<Expression> Defaults { get; } = defaults;

    public IReadOnlyList<Statement> Body { get; } = body;

    public int Line { get; } = line;

    /// <summary>What a call costs: it may be as much as the body is long.</summary>
    public int Cost { get; } = 8 + TemplateWalker.Cost(body);

    public Scope Scope { get; set; } = null!;

    public Slot? Caller { get; set; }

    public Slot? NamedArguments { get; set; }

    public Slot? OtherArguments { get; set; }

    /// <summary>The default of a parameter, if it has one.</summary>
    public Expression? DefaultOf(int parameter) =>
        parameter - (Parameters.Count - Defaults.Count) is var index and >= 0 ? Defaults[index] : null;
}

/// <summary><c>{% macro %}</c>.</summary>
internal sealed class MacroStatement(NameExpression target, MacroBody body, int line) : Statement(line)
{
    public NameExpression Target { get; } = target;

    public MacroBody Macro { get; } = body;

    /// <summary>Whether it becomes a variable of the whole template.</summary>
    public bool Exported { get; set; }
}

/// <summary><c>{% call %}</c>: a call with a body.</summary>
internal sealed class CallStatement(CallExpression call, MacroBody body, int line) : Statement(line)
{
    public CallExpression Call { get; } = call;

    public MacroBody Macro { get; } = body;
}

/// <summary><c>{% generation %}</c>: what the assistant writes.</summary>
internal sealed class GenerationStatement(MacroBody body, int line) : Statement(line)
{
    public MacroBody Macro { get; } = body;
}

/// <summary><c>{% filter %}</c>.</summary>
internal sealed class FilterStatement(FilterExpression filter, IReadOnlyList<Statement> body, int line) : Statement(line)
{
    public FilterExpression Filter { get; } = filter;

    public IReadOnlyList<Statement> Body { get; } = body;

    public Scope Scope { get; set; } = null!;
}

/// <summary><c>{% set target = value %}</c>.</summary>
internal sealed class SetStatement(Expression target, Expression value, int line) : Statement(line)
{
    public Expression Target { get; } = target;

    public Expression Value { get; } = value;

    /// <summary>Whether the names become variables of the whole template.</summary>
    public bool Exported { get; set; }
}

/// <summary><c>{% set target %}…{% endset %}</c>.</summary>
internal sealed class SetBlockStatement(Expression target, FilterExpression? filter, IReadOnlyList<Statement> body, int line) : Statement(line)
{
    public Expression Target { get; } = target;

    public FilterExpression? Filter { get; } = filter;

    public IReadOnlyList<Statement> Body { get; } = body;

    public bool Exported { get; set; }

    public Scope Scope { get; set; } = null!;
}

/// <summary><c>{% with %}</c>.</summary>
internal sealed class WithStatement(IReadOnlyList<(Expression Target, Expression Value)> assignments, IReadOnlyList<Statement> body, int line) : Statement(line)
{
    public IReadOnlyList<(Expression Target, Expression Value)> Assignments { get; } = assignments;

    public IReadOnlyList<Statement> Body { get; } = body;

    public Scope Scope { get; set; } = null!;
}

/// <summary><c>{% autoescape %}</c>.</summary>
internal sealed class AutoescapeStatement(Expression value, IReadOnlyList<Statement> body, int line) : Statement(line)
{
    public Expression Value { get; } = value;

    public IReadOnlyList<Statement> Body { get; } = body;

    public Scope Scope { get; set; } = null!;
}

/// <summary><c>{% block %}</c>: a named part, which runs where it stands and as <c>self.name()</c>.</summary>
internal sealed class BlockStatement(string name, bool scoped, bool required, IReadOnlyList<Statement> body, int line) : Statement(line)
{
    public string Name { get; } = name;

    /// <summary>Whether its body sees the variables around it.</summary>
    public bool Scoped { get; } = scoped;

    public bool Required { get; } = required;

    public IReadOnlyList<Statement> Body { get; } = body;

    public Scope Scope { get; set; } = null!;

    /// <summary><c>self</c> and <c>super</c>, if the body reads them.</summary>
    public Slot? Self { get; set; }

    public Slot? Super { get; set; }

    /// <summary>The variables that a scoped block sees.</summary>
    public IReadOnlyList<(string Name, Slot Slot)> Visible { get; set; } = [];
}

/// <summary><c>include</c>, <c>import</c>, <c>from</c> and <c>extends</c>: a chat template has no others to load, so that it fails where it runs.</summary>
internal sealed class LoadStatement(string tag, Expression template, IReadOnlyList<NameExpression> targets, int line) : Statement(line)
{
    public string Tag { get; } = tag;

    public Expression Template { get; } = template;

    public IReadOnlyList<NameExpression> Targets { get; } = targets;
}

/// <summary><c>{% break %}</c>.</summary>
internal sealed class BreakStatement(int line) : Statement(line);

/// <summary><c>{% continue %}</c>.</summary>
internal sealed class ContinueStatement(int line) : Statement(line);
