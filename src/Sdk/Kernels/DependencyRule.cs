using System.Text;

namespace FineTune.Build.Kernels;

/// <summary>A make rule as compilers write it with -MD: <c>k.ptx: k.cu \ include/a.h</c>.</summary>
internal static class DependencyRule
{
    /// <summary>The files that the rule's target depends on. Spaces in names are escaped by a backslash, a dollar is doubled.</summary>
    public static IReadOnlyList<string> Read(string rule)
    {
        // The colon that ends the target is followed by space; that of a drive (C:\k.ptx) is not.
        int colon = rule.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
            return [];

        var files = new List<string>();
        var name = new StringBuilder();
        string text = rule[(colon + 2)..];
        for (int i = 0; i < text.Length; i++)
        {
            char next = i + 1 < text.Length ? text[i + 1] : '\0';
            switch (text[i])
            {
                case '\\' when next is '\n' or '\r':
                    break;
                case '\\' when next is ' ' or '#':
                case '$' when next is '$':
                    name.Append(text[++i]);
                    break;
                case ' ' or '\t' or '\n' or '\r':
                    End();
                    break;
                default:
                    name.Append(text[i]);
                    break;
            }
        }

        End();
        return files;

        void End()
        {
            if (name.Length > 0)
                files.Add(name.ToString());
            name.Clear();
        }
    }
}
