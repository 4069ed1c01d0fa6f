using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>
/// One rendering of a template: its variables, and the operations that templates are made of. Interpreted and compiled templates
/// do everything by it, so that they do the same. Generated templates use it; nothing else needs to.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class TemplateRun
{
    /// <summary>What a variable holds that has no value.</summary>
    public static readonly object Missing = new();

    /// <summary>The value true.</summary>
    public static readonly object True = true;

    /// <summary>The value false.</summary>
    public static readonly object False = false;

    private readonly IReadOnlyDictionary<string, object?> _given;
    private Dictionary<string, object?>? _exported;
    private Dictionary<string, Action<TemplateText>>? _blocks;
    private Dictionary<string, TemplateFilter>? _filters;
    private Random? _random;

    internal TemplateRun(IReadOnlyDictionary<string, object?> variables, DateTime now)
    {
        _given = variables;
        Now = now;
    }

    /// <summary>The line of the template that runs.</summary>
    public int Line { get; set; } = 1;

    internal DateTime Now { get; }

    /// <summary>Whether texts are escaped as HTML.</summary>
    internal bool Escapes { get; set; }

    /// <summary>The parts of collected texts that generation blocks wrote; <see langword="null"/>: none so far.</summary>
    internal CapturedSpans? Captured { get; private set; }

    /// <summary>Notes the line of a condition that is about to be asked.</summary>
    public bool At(int line)
    {
        Line = line;
        return true;
    }

    /// <summary>The value of a name that no scope of the template has; <see cref="Missing"/> if there is none.</summary>
    public object? Resolve(string name)
    {
        if (_exported is not null && _exported.TryGetValue(name, out var value))
            return value;
        return _given.TryGetValue(name, out value) || TemplateGlobals.All.TryGetValue(name, out value) ? value : Missing;
    }

    /// <summary>Makes a variable one of the whole template, which blocks see.</summary>
    public void Export(string name, object? value) => (_exported ??= [])[name] = value;

    /// <summary>The value of a variable, which may have none.</summary>
    public static object? Load(object? variable, string name) => ReferenceEquals(variable, Missing) ? Undefined.Name(name) : variable;

    /// <summary>The value of a parameter that was not given.</summary>
    public static object? NotProvided(string name) => Undefined.Hint($"parameter {PythonText.Quote(name)} was not provided");

    /// <summary>The value of a conditional expression without <c>else</c>.</summary>
    public static object? NoElse(int line) => Undefined.Hint(
        string.Create(CultureInfo.InvariantCulture, $"the inline if-expression on line {line} evaluated to false and no else section was defined."));

    /// <summary>The value of <c>caller</c> where there is none.</summary>
    public static object NoCaller() => Undefined.Hint("No caller defined");

    /// <summary>A truth value.</summary>
    public static object Box(bool value) => value ? True : False;

    /// <summary>What a filter block or a call block gives, which must be a text.</summary>
    public static string TextOf(object? value) =>
        PythonTypes.TextOf(value) ?? throw TemplateException.Type($"sequence item 0: expected str instance, {PythonTypes.NameOf(value)} found");

    /// <summary>Whether a value is true.</summary>
    public static bool IsTrue(object? value) => value is bool flag ? flag : PythonIteration.IsTrue(value);

    /// <summary>A whole number of a template's text.</summary>
    public static object Integer(string digits) => PythonNumbers.Normalize(BigInteger.Parse(digits, CultureInfo.InvariantCulture));

    /// <summary>A list.</summary>
    public static object List(params object?[] items)
    {
        TemplateBudget.Items(items.Length);
        return new TemplateList(items);
    }

    /// <summary>A tuple.</summary>
    public static object Tuple(params object?[] items)
    {
        TemplateBudget.Items(items.Length);
        return new TemplateTuple(items);
    }

    /// <summary>A dictionary of keys, each followed by its value.</summary>
    public static object Dict(params object?[] keysAndValues)
    {
        TemplateBudget.Items(keysAndValues.Length);
        var dict = new TemplateDict();
        for (var i = 0; i < keysAndValues.Length; i += 2)
            dict.Set(PythonHash.Check(keysAndValues[i]), keysAndValues[i + 1]);
        return dict;
    }

    /// <summary>The operator <c>~</c>.</summary>
    public object Concat(params object?[] items)
    {
        var texts = new string[items.Length];
        var marked = Escapes && Array.Exists(items, item => item is Markup);
        var length = 0L;
        for (var i = 0; i < items.Length; i++)
        {
            texts[i] = marked ? PythonMarkup.Escape(items[i]).Text : PythonText.String(items[i]);
            length += texts[i].Length;
        }

        TemplateBudget.Text(length);
        var joined = string.Concat(texts);
        Captured?.Join(joined, texts);
        return marked ? new Markup(joined) : joined;
    }

    /// <summary>The operator <c>+</c>.</summary>
    public object? Add(object? left, object? right)
    {
        var sum = PythonOperators.Add(left, right);
        if (Captured is not null && left is string first && right is string second)
            Captured.Join((string)sum!, first, second);
        return sum;
    }

    /// <summary>The operator <c>-</c>.</summary>
    public static object? Subtract(object? left, object? right) => PythonOperators.Subtract(left, right);

    /// <summary>The operator <c>*</c>.</summary>
    public static object? Multiply(object? left, object? right) => PythonOperators.Multiply(left, right);

    /// <summary>The operator <c>/</c>.</summary>
    public static object? Divide(object? left, object? right) => PythonOperators.Divide(left, right);

    /// <summary>The operator <c>//</c>.</summary>
    public static object? FloorDivide(object? left, object? right) => PythonOperators.FloorDivide(left, right);

    /// <summary>The operator <c>%</c>.</summary>
    public static object? Modulo(object? left, object? right) => PythonOperators.Modulo(left, right);

    /// <summary>The operator <c>**</c>.</summary>
    public static object? Power(object? left, object? right) => PythonOperators.Power(left, right);

    /// <summary>The operator <c>-</c> before a value.</summary>
    public static object? Negate(object? value) => PythonOperators.Negate(value);

    /// <summary>The operator <c>+</c> before a value.</summary>
    public static object? Plus(object? value) => PythonOperators.Plus(value);

    /// <summary>The operator <c>==</c>.</summary>
    public static bool AreEqual(object? left, object? right) => PythonComparison.Equal(left, right);

    /// <summary>The operator <c>&lt;</c>.</summary>
    public static bool IsLess(object? left, object? right) => PythonComparison.Compare(left, right, "<") < 0;

    /// <summary>The operator <c>&lt;=</c>.</summary>
    public static bool IsLessOrEqual(object? left, object? right) => PythonComparison.Compare(left, right, "<=") <= 0;

    /// <summary>The operator <c>&gt;</c>.</summary>
    public static bool IsGreater(object? left, object? right) => PythonComparison.Compare(left, right, ">") > 0;

    /// <summary>The operator <c>&gt;=</c>.</summary>
    public static bool IsGreaterOrEqual(object? left, object? right) => PythonComparison.Compare(left, right, ">=") >= 0;

    /// <summary>The operator <c>in</c>.</summary>
    public static bool IsIn(object? value, object? container) => PythonOperators.In(value, container);

    /// <summary>Whether a value is defined.</summary>
    public static bool IsDefined(object? value) => value is not Undefined;

    /// <summary>Whether a value is a text.</summary>
    public static bool IsString(object? value) => PythonTypes.IsText(value);

    /// <summary>Whether a value is a dictionary.</summary>
    public static bool IsMapping(object? value) => value is TemplateDict;

    /// <summary>An error that cannot be told before the template runs: there is no template to load.</summary>
    public static void FailToLoad() => throw TemplateException.Type("no loader for this environment specified");

    /// <summary>An attribute, or the item of this name.</summary>
    public object? Attribute(object? value, string name)
    {
        if (value is TemplateDict known && PythonAttributes.IsOnlyItem(name))
            return Field(known, name);
        // Loops and namespaces, which templates ask most.
        if (value is TemplateObject other && name[0] != '_' && other.TryGetAttribute(name, out var attribute))
            return attribute;
        var found = PythonAttributes.Find(value, name);
        if (ReferenceEquals(found, PythonAttributes.Unsafe))
            return Undefined.Unsafe(value, name);
        if (!ReferenceEquals(found, Missing))
            return found;
        return value switch
        {
            TemplateDict dict when dict.TryGet(name, out var item) => item,
            TemplateSelf self when self.Block(name) is { } block => block,
            Undefined undefined => throw undefined.Fail(),
            _ => Undefined.Member(value, name),
        };
    }

    /// <summary>The item of a name that no dictionary has as an attribute, or an attribute of another value.</summary>
    public object? Field(object? value, string name)
    {
        if (value is not TemplateDict dict)
            return Attribute(value, name);
        return dict.TryGet(name, out var item) ? item : Undefined.Member(dict, name);
    }

    /// <summary>The item of a key, or the attribute of this name.</summary>
    public static object? Item(object? value, object? key)
    {
        switch (value)
        {
            case TemplateDict dict when key is string or long:
                if (dict.TryGet(key, out var item))
                    return item;
                break;
            case TemplateDict dict when key is not (TemplateList or TemplateDict):
                if (dict.TryGet(PythonHash.Check(key), out var found))
                    return found;
                break;
            case TemplateList list when PythonNumbers.Integer(key) is { } index:
                return At(list.Items, index, value, key);
            case TemplateTuple tuple when PythonNumbers.Integer(key) is { } index:
                return At(tuple.Items, index, value, key);
            case string or Markup when PythonNumbers.Integer(key) is { } index:
                return CharacterAt(value, index, key);
            case TemplateRange range when PythonNumbers.Integer(key) is { } index:
                return Position(index, range.Count) is { } position ? range[position] : Undefined.Member(value, key);
            case Undefined undefined:
                throw undefined.Fail();
            case TemplateSelf self when key is string name && self.Block(name) is { } block:
                return block;
        }

        if (key is not string attribute)
            return Undefined.Member(value, key);
        var special = PythonAttributes.Find(value, attribute);
        if (ReferenceEquals(special, PythonAttributes.Unsafe))
            return Undefined.Unsafe(value, attribute);
        return ReferenceEquals(special, Missing) ? Undefined.Member(value, key) : special;
    }

    /// <summary>A slice; parts that are not given are <see langword="null"/>.</summary>
    public static object? Slice(object? value, object? start, object? stop, object? step) => PythonSlicing.Slice(value, start, stop, step);

    /// <summary>The items of a value, each of which costs so many steps of the budget.</summary>
    public static IEnumerable<object?> Iterate(object? value, int cost)
    {
        return Counted(PythonIteration.Iterate(value), cost);

        static IEnumerable<object?> Counted(IEnumerable<object?> items, int cost)
        {
            foreach (var item in items)
            {
                TemplateBudget.Steps(cost);
                yield return item;
            }
        }
    }

    /// <summary>The items that a condition holds for; it is asked when an item is taken.</summary>
    public static object Where(object? value, int cost, Func<object?, bool> condition) => new TemplateGenerator(Iterate(value, cost).Where(condition));

    /// <summary>A loop with a variable <c>loop</c>.</summary>
    public static LoopState Loop(object? value, int cost) => new(new TemplateLoop(value, cost));

    /// <summary>A recursive loop, at a depth from 0.</summary>
    public LoopState Loop(object? value, int cost, int depth, Func<object?, int, string> recurse) => new(new TemplateLoop(value, cost, depth, (items, level) =>
    {
        TemplateBudget.Enter();
        var line = Line;
        var text = recurse(items, level);
        Line = line;
        TemplateBudget.Leave();
        return Escapes ? new Markup(text) : text;
    }));

    /// <summary>The items of a value that must have so many.</summary>
    public static object?[] Unpack(object? value, int count)
    {
        if (!PythonIteration.IsIterable(value))
            throw TemplateException.Type($"cannot unpack non-iterable {PythonTypes.NameOf(value)} object");
        var items = new object?[count];
        var got = 0;
        foreach (var item in PythonIteration.Iterate(value))
        {
            if (got == count)
                throw TemplateException.Value($"too many values to unpack (expected {count})");
            items[got++] = item;
        }

        return got == count ? items : throw TemplateException.Value($"not enough values to unpack (expected {count}, got {got})");
    }

    /// <summary>Sets an attribute of a namespace.</summary>
    public static void SetAttribute(object? space, string name, object? value) => ((TemplateNamespace)space!).Set(name, value);

    /// <summary>Checks that attributes of a value can be set.</summary>
    public static void RequireNamespace(object? space)
    {
        if (space is not TemplateNamespace)
            throw new TemplateException(TemplateErrorKind.Runtime, "cannot assign attribute on non-namespace object");
    }

    internal TemplateFilter Filter(object? name, string kind)
    {
        var text = name as string ?? throw new TemplateException(TemplateErrorKind.Runtime, $"No {kind} named {PythonText.Repr(name)}.");
        if (!FineTune.Templates.Builtins.Filters.ContainsKey(text))
            throw new TemplateException(TemplateErrorKind.Runtime, $"No filter named {PythonText.Quote(text)}.");
        if (!(_filters ??= []).TryGetValue(text, out var filter))
            _filters.Add(text, filter = TemplateFilter.Get(text));
        return filter;
    }

    internal static TemplateTest Test(object? name) => name is string text && FineTune.Templates.Builtins.Tests.ContainsKey(text)
        ? TemplateTest.Get(text)
        : throw new TemplateException(TemplateErrorKind.Runtime, $"No test named {PythonText.Repr(name)}.");

    /// <summary>The filter <c>attr</c>: attributes alone, no items.</summary>
    internal object? AttributeOnly(object? value, object? name)
    {
        if (name is not string text)
            throw TemplateException.Type("attribute name must be string");
        if (value is TemplateNamespace or Undefined && !text.StartsWith("__", StringComparison.Ordinal))
            return Attribute(value, text);
        var found = PythonAttributes.Find(value, text);
        return ReferenceEquals(found, Missing) ? Undefined.Member(value, text) : Attribute(value, text);
    }

    // The same each time: what is trained on must not depend on chance.
    internal int NextRandom(int limit) => (_random ??= new Random(0)).Next(limit);

    private static object? At(IReadOnlyList<object?> items, BigInteger index, object? value, object? key) =>
        Position(index, items.Count) is { } position ? items[position] : Undefined.Member(value, key);

    private static object? CharacterAt(object value, BigInteger index, object? key)
    {
        var text = PythonTypes.TextOf(value)!;
        if (Position(index, PythonStrings.Length(text)) is not { } position)
            return Undefined.Member(value, key);
        var offset = PythonStrings.Offset(text, position);
        var character = PythonStrings.Piece(text, offset, Rune.TryGetRuneAt(text, offset, out var rune) ? rune.Utf16SequenceLength : 1);
        return value is Markup ? new Markup(character) : character;
    }

    private static int? Position(BigInteger index, int count)
    {
        if (index.Sign < 0)
            index += count;
        return index.Sign >= 0 && index < count ? (int)index : null;
    }
}
