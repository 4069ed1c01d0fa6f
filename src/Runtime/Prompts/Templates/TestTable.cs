using System.Collections.Frozen;
using System.Numerics;
using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>The tests.</summary>
internal static class TestTable
{
    private static readonly FrozenDictionary<string, TemplateTest.TestBody> Tests = new Dictionary<string, TemplateTest.TestBody>
    {
        ["boolean"] = (value, _) => value is bool,
        ["callable"] = (value, _) => value is TemplateCallable or Undefined,
        ["defined"] = (value, _) => value is not Undefined,
        ["divisibleby"] = (value, argument) => PythonComparison.Equal(PythonOperators.Modulo(value, argument), 0L),
        ["escaped"] = (value, _) => value is Markup,
        ["even"] = (value, _) => PythonComparison.Equal(PythonOperators.Modulo(value, 2L), 0L),
        ["false"] = (value, _) => value is false,
        ["filter"] = (value, _) => PythonHash.Check(value) is string name && Builtins.Filters.ContainsKey(name),
        ["float"] = (value, _) => value is double,
        ["in"] = PythonOperators.In,
        ["integer"] = (value, _) => value is long or BigInteger,
        ["iterable"] = (value, _) => PythonIteration.IsIterable(value),
        ["lower"] = (value, _) => StringMethods.IsLower(PythonText.String(value)),
        ["mapping"] = (value, _) => value is TemplateDict,
        ["none"] = (value, _) => value is null,
        ["number"] = (value, _) => PythonTypes.IsNumber(value),
        ["odd"] = (value, _) => PythonComparison.Equal(PythonOperators.Modulo(value, 2L), 1L),
        ["sameas"] = SameAs,
        ["sequence"] = (value, _) => value is string or Markup or TemplateList or TemplateTuple or TemplateDict or TemplateRange or TemplateBytes or Undefined,
        ["string"] = (value, _) => PythonTypes.IsText(value),
        ["test"] = (value, _) => PythonHash.Check(value) is string name && Builtins.Tests.ContainsKey(name),
        ["true"] = (value, _) => value is true,
        ["undefined"] = (value, _) => value is Undefined,
        ["upper"] = (value, _) => StringMethods.IsUpper(PythonText.String(value)),
        ["=="] = PythonComparison.Equal,
        ["eq"] = PythonComparison.Equal,
        ["equalto"] = PythonComparison.Equal,
        ["!="] = (value, other) => !PythonComparison.Equal(value, other),
        ["ne"] = (value, other) => !PythonComparison.Equal(value, other),
        [">"] = (value, other) => PythonComparison.Compare(value, other, ">") > 0,
        ["gt"] = (value, other) => PythonComparison.Compare(value, other, ">") > 0,
        ["greaterthan"] = (value, other) => PythonComparison.Compare(value, other, ">") > 0,
        [">="] = (value, other) => PythonComparison.Compare(value, other, ">=") >= 0,
        ["ge"] = (value, other) => PythonComparison.Compare(value, other, ">=") >= 0,
        ["<"] = (value, other) => PythonComparison.Compare(value, other, "<") < 0,
        ["lt"] = (value, other) => PythonComparison.Compare(value, other, "<") < 0,
        ["lessthan"] = (value, other) => PythonComparison.Compare(value, other, "<") < 0,
        ["<="] = (value, other) => PythonComparison.Compare(value, other, "<=") <= 0,
        ["le"] = (value, other) => PythonComparison.Compare(value, other, "<=") <= 0,
    }.ToFrozenDictionary();

    public static TemplateTest.TestBody Find(string name) => Tests[name];

    // Identity, where Python's is seen: constants and small numbers and short texts are one object each.
    private static bool SameAs(object? value, object? other) => (value, other) switch
    {
        (bool first, bool second) => first == second,
        (long first, long second) => first == second,
        (string first, string second) => first == second,
        (TemplateTuple { Items.Count: 0 }, TemplateTuple { Items.Count: 0 }) => true,
        _ => ReferenceEquals(value, other),
    };
}
