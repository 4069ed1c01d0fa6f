using System.Collections.Frozen;
using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>The attributes of values, and which of them templates may see.</summary>
internal static class PythonAttributes
{
    /// <summary>Stands for an attribute that exists but that templates may not see.</summary>
    public static readonly object Unsafe = new();

    private static readonly FrozenSet<string> DictMethods = FineTune.Templates.DictMethods.Names.ToFrozenSet();

    private static readonly FrozenSet<string> ChangesList = FrozenSet.Create("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");

    private static readonly FrozenSet<string> ChangesDict = FrozenSet.Create("clear", "pop", "popitem", "setdefault", "update");

    private static readonly FrozenSet<string> ObjectNames = FrozenSet.Create(
        "__class__", "__delattr__", "__dir__", "__doc__", "__eq__", "__format__", "__ge__", "__getattribute__", "__getstate__", "__gt__", "__hash__",
        "__init__", "__init_subclass__", "__le__", "__lt__", "__ne__", "__new__", "__reduce__", "__reduce_ex__", "__repr__", "__setattr__", "__sizeof__",
        "__str__", "__subclasshook__");

    private static readonly FrozenSet<string> SequenceNames = FrozenSet.Create(
        "__add__", "__contains__", "__getitem__", "__iter__", "__len__", "__mul__", "__rmul__", "__class_getitem__", "__reversed__", "__setitem__",
        "__delitem__", "__iadd__", "__imul__", "__or__", "__ior__", "__ror__", "__mod__", "__rmod__", "__getnewargs__");

    private static readonly FrozenSet<string> NumberNames = FrozenSet.Create(
        "__abs__", "__add__", "__and__", "__bool__", "__ceil__", "__divmod__", "__float__", "__floor__", "__floordiv__", "__getnewargs__", "__index__",
        "__int__", "__invert__", "__lshift__", "__mod__", "__mul__", "__neg__", "__or__", "__pos__", "__pow__", "__radd__", "__rand__", "__rdivmod__",
        "__rfloordiv__", "__rlshift__", "__rmod__", "__rmul__", "__ror__", "__round__", "__rpow__", "__rrshift__", "__rshift__", "__rsub__",
        "__rtruediv__", "__rxor__", "__sub__", "__truediv__", "__trunc__", "__xor__");

    private static readonly FrozenSet<string> FunctionNames = FrozenSet.Create(
        "__annotations__", "__builtins__", "__call__", "__closure__", "__code__", "__defaults__", "__dict__", "__func__", "__get__", "__globals__",
        "__kwdefaults__", "__module__", "__name__", "__qualname__", "__self__", "__text_signature__", "__type_params__", "__wrapped__");

    private static readonly FrozenSet<string> UndefinedNames = FrozenSet.Create(
        "__add__", "__aiter__", "__bool__", "__call__", "__complex__", "__div__", "__float__", "__floordiv__", "__getattr__", "__getitem__", "__int__",
        "__iter__", "__len__", "__mod__", "__module__", "__mul__", "__neg__", "__pos__", "__pow__", "__radd__", "__rdiv__", "__rfloordiv__", "__rmod__",
        "__rmul__", "__rpow__", "__rsub__", "__rtruediv__", "__slots__", "__sub__", "__truediv__");

    /// <summary>Whether no value that has items by name has an attribute of this name, so that only items need to be looked for.</summary>
    public static bool IsOnlyItem(string name) => !DictMethods.Contains(name) && !name.StartsWith('_');

    /// <summary>An attribute; <see cref="Unsafe"/> if templates may not see it, <see cref="TemplateRun.Missing"/> if there is none.</summary>
    public static object? Find(object? value, string name)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
            return HasSpecial(value, name) ? Unsafe : TemplateRun.Missing;
        switch (value)
        {
            case TemplateDict dict: return FindInDict(dict, name);
            case string or Markup: return StringMethods.Find(value, name) ?? TemplateRun.Missing;
            case TemplateList list: return ChangesList.Contains(name) ? Unsafe : FindInItems(list, list.Items, name);
            case TemplateTuple { Names.Count: > 0 } named when named.Names.Contains(name): return named.Items[named.Names.ToList().IndexOf(name)];
            case TemplateTuple tuple: return FindInItems(tuple, tuple.Items, name);
            case long or BigInteger or bool: return FindInInteger(value, name);
            case double real: return FindInReal(real, name);
            case Undefined undefined: throw undefined.Fail();
            case TemplateObject other when other.TryGetAttribute(name, out var found): return name.StartsWith('_') ? Unsafe : found;
            default: return TemplateRun.Missing;
        }
    }

    private static bool HasSpecial(object? value, string name)
    {
        if (ObjectNames.Contains(name))
            return true;
        return value switch
        {
            string or Markup or TemplateList or TemplateTuple or TemplateDict or TemplateRange or TemplateBytes or TemplateDictView => SequenceNames.Contains(name),
            long or BigInteger or bool or double => NumberNames.Contains(name),
            Undefined => UndefinedNames.Contains(name),
            TemplateCallable => FunctionNames.Contains(name),
            TemplateObject => name is "__dict__" or "__module__" or "__slots__" or "__iter__" or "__next__",
            _ => name == "__bool__",
        };
    }

    private static object? FindInDict(TemplateDict dict, string name)
    {
        if (!DictMethods.Contains(name))
            return TemplateRun.Missing;
        if (ChangesDict.Contains(name))
            return Unsafe;
        return new TemplateFunction(name, (_, arguments) => DictMethod(dict, name, arguments), dict);
    }

    private static object? DictMethod(TemplateDict dict, string name, TemplateArguments arguments)
    {
        switch (name)
        {
            case "get":
                var values = arguments.Positionals("dict.get", 1, 2);
                return dict.TryGet(PythonHash.Check(values[0]), out var found) ? found : values.Length > 1 ? values[1] : null;
            case "fromkeys":
                return TemplateGlobals.FromKeys(arguments);
        }

        arguments.Positionals($"dict.{name}", 0, 0);
        return name switch
        {
            "keys" => new TemplateDictView(dict, TemplateDictView.Part.Keys),
            "values" => new TemplateDictView(dict, TemplateDictView.Part.Values),
            "items" => new TemplateDictView(dict, TemplateDictView.Part.Items),
            _ => Copy(dict),
        };
    }

    private static TemplateDict Copy(TemplateDict dict)
    {
        TemplateBudget.Items(dict.Count * 2L);
        return dict.Copy();
    }

    private static object? FindInItems(object owner, IReadOnlyList<object?> items, string name) => name switch
    {
        "index" => new TemplateFunction(name, (_, arguments) => Index(owner, items, arguments), owner),
        "count" => new TemplateFunction(name, (_, arguments) => Count(items, arguments.Positionals("count", 1, 1)[0]), owner),
        "copy" when owner is TemplateList => new TemplateFunction(name, (_, arguments) => CopyList(owner, arguments), owner),
        _ => TemplateRun.Missing,
    };

    private static TemplateList CopyList(object list, TemplateArguments arguments)
    {
        arguments.Positionals("list.copy", 0, 0);
        return new TemplateList(PythonIteration.ToList(list));
    }

    private static object Index(object owner, IReadOnlyList<object?> items, TemplateArguments arguments)
    {
        var values = arguments.Positionals("index", 1, 3);
        var (start, stop) = (Limit(1, 0), Limit(2, items.Count));
        for (var i = start; i < Math.Min(stop, items.Count); i++)
        {
            TemplateBudget.Step();
            if (PythonComparison.Equal(items[i], values[0]))
                return PythonNumbers.Box(i);
        }

        throw TemplateException.Value(owner is TemplateTuple ? "tuple.index(x): x not in tuple" : $"{PythonText.Repr(values[0])} is not in list");

        int Limit(int argument, int otherwise)
        {
            if (values.Length <= argument)
                return otherwise;
            var limit = PythonNumbers.Index(values[argument])
                ?? throw TemplateException.Type("slice indices must be integers or have an __index__ method");
            return limit < 0 ? Math.Max(0, limit + items.Count) : limit;
        }
    }

    private static object Count(IReadOnlyList<object?> items, object? value)
    {
        TemplateBudget.Steps(items.Count);
        return PythonNumbers.Box(items.Count(item => PythonComparison.Equal(item, value)));
    }

    private static object? FindInInteger(object value, string name)
    {
        var number = PythonNumbers.Integer(value)!.Value;
        return name switch
        {
            "real" or "numerator" => PythonNumbers.Normalize(number),
            "imag" => PythonNumbers.Box(0),
            "denominator" => PythonNumbers.Box(1),
            "bit_length" => Function(() => PythonNumbers.Box((long)BigInteger.Abs(number).GetBitLength())),
            "bit_count" => Function(() => PythonNumbers.Box(BitCount(BigInteger.Abs(number)))),
            "conjugate" => Function(() => PythonNumbers.Normalize(number)),
            "is_integer" => Function(() => true),
            "as_integer_ratio" => Function(() => new TemplateTuple(PythonNumbers.Normalize(number), PythonNumbers.Box(1))),
            _ => TemplateRun.Missing,
        };

        TemplateFunction Function(Func<object?> body) => new(name, (_, arguments) =>
        {
            arguments.Positionals(name, 0, 0);
            return body();
        }, value);
    }

    private static long BitCount(BigInteger number) => number.ToByteArray().Sum(part => (long)BitOperations.PopCount(part));

    private static object? FindInReal(double value, string name)
    {
        return name switch
        {
            "real" => value,
            "imag" => 0.0,
            "is_integer" => Function(() => double.IsFinite(value) && Math.Floor(value) == value),
            "conjugate" => Function(() => value),
            "hex" => Function(() => PythonFloat.Hexadecimal(value)),
            "as_integer_ratio" => Function(() => new TemplateTuple(PythonFloat.Ratio(value))),
            "fromhex" => Function(() => throw TemplateException.Type("float.fromhex is not supported in chat templates")),
            _ => TemplateRun.Missing,
        };

        TemplateFunction Function(Func<object?> body) => new(name, (_, arguments) =>
        {
            arguments.Positionals(name, 0, 0);
            return body();
        }, value);
    }
}
