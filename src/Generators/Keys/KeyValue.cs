namespace FineTune.Keys;

/// <summary>A key's value, checked against the key's type. A choice is a text: its YAML name.</summary>
internal abstract record KeyValue
{
    public sealed record Text(string Value) : KeyValue;

    public sealed record Integer(int Value) : KeyValue;

    public sealed record Number(double Value) : KeyValue;

    public sealed record Boolean(bool Value) : KeyValue;

    public sealed record List(EquatableArray<string> Items) : KeyValue;

    public sealed record Integers(EquatableArray<int> Items) : KeyValue;

    public sealed record Map(EquatableArray<NamedNumber> Entries) : KeyValue;

    /// <summary>Several files; one that is used once is a <see cref="Text"/>.</summary>
    public sealed record Files(EquatableArray<KeyFile> Items) : KeyValue;

    /// <summary>The value in YAML, where it is a line: the form that <c>--set</c> accepts too.</summary>
    public string ToYaml() => this switch
    {
        Text text => YamlScalar.Write(text.Value),
        Integer integer => NumberText.Write(integer.Value),
        Number number => NumberText.Write(number.Value),
        Boolean boolean => boolean.Value ? "true" : "false",
        Integers integers => "[" + string.Join(", ", integers.Items.Select(NumberText.Write)) + "]",
        Map map => "{ " + string.Join(", ", map.Entries.Select(entry => $"{YamlScalar.Write(entry.Name)}: {NumberText.Write(entry.Value)}")) + " }",
        List list => "[" + string.Join(", ", list.Items.Select(YamlScalar.Write)) + "]",
        Files files => "[" + string.Join(", ", files.Items.Select(file => file.ToYaml())) + "]",
        _ => throw new InvalidOperationException("A value of an unknown kind."),
    };
}
