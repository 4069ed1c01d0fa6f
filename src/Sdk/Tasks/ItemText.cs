namespace FineTune.Build.Tasks;

/// <summary>Paths in items and their metadata, which MSBuild reads as text in which % and ; mean something.</summary>
internal static class ItemText
{
    /// <summary>Writes a path so that it is one, whatever is in it.</summary>
    public static string Escape(string path) => path.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
