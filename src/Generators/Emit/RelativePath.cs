namespace FineTune.Emit;

/// <summary>A path as seen from a folder, with forward slashes; as text alone.</summary>
internal static class RelativePath
{
    /// <summary>The path itself where both have nothing in common, such as another drive.</summary>
    public static string From(string folder, string path)
    {
        var from = Parts(folder);
        var to = Parts(path);
        var common = 0;
        while (common < from.Length && common < to.Length - 1 && from[common] == to[common])
            common++;
        return common == 0 || from.Length == 0
            ? string.Join("/", to)
            : string.Concat(Enumerable.Repeat("../", from.Length - common)) + string.Join("/", to.Skip(common));
    }

    // The root's empty part stays: it is what two absolute paths have in common at least.
    private static string[] Parts(string path) => path.Replace('\\', '/').TrimEnd('/').Split('/');
}
