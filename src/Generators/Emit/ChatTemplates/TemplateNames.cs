using System.Globalization;
using System.Numerics;
using FineTune.Templates;

namespace FineTune.Emit.ChatTemplates;

/// <summary>
/// The names of a template's variables and constants in C#. What a template calls them is kept only where it is plain ASCII, and
/// always with a number behind it: no text of a template becomes code.
/// </summary>
internal sealed class TemplateNames
{
    private readonly Dictionary<Slot, string> _slots = [];
    private readonly Dictionary<string, string> _fields = [];
    private readonly List<string> _declarations = [];
    private int _count;

    /// <summary>The declarations of static fields.</summary>
    public IReadOnlyList<string> Declarations => _declarations;

    /// <summary>A new name.</summary>
    public string New(string name) => $"{Plain(name)}_{(++_count).ToString(CultureInfo.InvariantCulture)}";

    public string Of(Slot slot)
    {
        if (!_slots.TryGetValue(slot, out var name))
            _slots.Add(slot, name = New(slot.Name));
        return name;
    }

    public string Filter(string name) => Field("TemplateFilter", $"Filter_{name}", $"TemplateFilter.Get({SourceWriter.Literal(name)})");

    public string Test(string name) => Field("TemplateTest", $"Test_{name}", $"TemplateTest.Get({SourceWriter.Literal(name)})");

    public string Integer(BigInteger value) =>
        Field("object", "Integer", $"TemplateRun.Integer({SourceWriter.Literal(value.ToString(CultureInfo.InvariantCulture))})");

    public string Real(double value) => Field("object", "Real", Write(value));

    public string Macro(MacroBody macro)
    {
        var parameters = string.Join(", ", macro.Parameters.Select(parameter => SourceWriter.Literal(parameter.Name)));
        var flags = string.Join(", ", new[] { macro.Caller, macro.NamedArguments, macro.OtherArguments }.Select(slot => slot is null ? "false" : "true"));
        var name = macro.Name is null ? "null" : SourceWriter.Literal(macro.Name);
        return Field("MacroDefinition", "Definition", $"new({name}, [{parameters}], {flags}, {macro.Cost})");
    }

    private string Field(string type, string name, string value)
    {
        var key = $"{type} {value}";
        if (_fields.TryGetValue(key, out var field))
            return field;
        field = New(name);
        _fields.Add(key, field);
        _declarations.Add($"private static readonly {type} {field} = {value};");
        return field;
    }

    private static string Write(double value)
    {
        if (double.IsInfinity(value))
            return "double.PositiveInfinity";
        return value.ToString("R", CultureInfo.InvariantCulture) + "d";
    }

    private static string Plain(string name)
    {
        var plain = new string([.. name.Where(character => character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_').Take(40)]);
        return plain.Length == name.Length && plain.Length > 0 && plain[0] is not (>= '0' and <= '9') ? plain : "name";
    }
}
