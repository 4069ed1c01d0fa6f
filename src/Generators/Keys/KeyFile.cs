namespace FineTune.Keys;

/// <summary>A file among several, and how often its rows are used in an epoch.</summary>
internal sealed record KeyFile(string Path, double Weight = 1)
{
    public string ToYaml() => Weight == 1 ? YamlScalar.Write(Path) : $"{{ path: {YamlScalar.Write(Path)}, weight: {NumberText.Write(Weight)} }}";
}
