using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace FineTune.TestSupport;

/// <summary>
/// Compares text with a file beside the test, by Verify's conventions, so that a change to that package changes no snapshot:
/// <c>Class.Method.verified.txt</c> is expected, <c>Class.Method.received.txt</c> is written where they differ.
/// <c>FINETUNE_ACCEPT_SNAPSHOTS=1</c> accepts what is received; not on a build server.
/// </summary>
public static class Snapshot
{
    /// <summary>What deterministic builds, as on build servers, put in place of the repository's root in source paths.</summary>
    private const string MappedRoot = "/_/";

    /// <summary>Fails unless the text equals the snapshot of the calling test.</summary>
    /// <param name="received">The text; line ends do not matter.</param>
    /// <param name="extension">The file's extension, without a dot.</param>
    /// <param name="file">The test's file.</param>
    /// <param name="method">The test.</param>
    /// <exception cref="SnapshotException">They differ, or there is no snapshot yet.</exception>
    public static void Verify(string received, string extension = "txt", [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        ArgumentNullException.ThrowIfNull(received);
        ArgumentNullException.ThrowIfNull(file);
        var name = $"{Path.GetFileNameWithoutExtension(file)}.{method}";
        var source = file.StartsWith(MappedRoot, StringComparison.Ordinal) ? Path.Combine(Repository.Root, file[MappedRoot.Length..]) : file;
        var stem = Path.Combine(Path.GetDirectoryName(source)!, "Snapshots", name);
        var (verifiedPath, receivedPath) = ($"{stem}.verified.{extension}", $"{stem}.received.{extension}");
        var actual = Normalize(received);
        var expected = File.Exists(verifiedPath) ? Normalize(File.ReadAllText(verifiedPath)) : null;
        if (expected == actual)
        {
            File.Delete(receivedPath);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(stem)!);
        if (Environment.GetEnvironmentVariable("FINETUNE_ACCEPT_SNAPSHOTS") == "1" && Environment.GetEnvironmentVariable("CI") != "true")
        {
            File.WriteAllText(verifiedPath, actual);
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, actual);
        throw new SnapshotException(expected is null
            ? $"{name} has no snapshot yet; this is what it received:\n{actual}"
            : $"{name} differs from its snapshot (- expected, + received):\n{Diff(expected, actual)}");
    }

    /// <summary>The snapshots below a folder that no test method owns.</summary>
    /// <param name="folder">The test project's folder.</param>
    /// <param name="tests">The names of all tests, as <c>Class.Method</c>.</param>
    public static IReadOnlyList<string> Orphans(string folder, IEnumerable<string> tests)
    {
        var owned = tests.ToHashSet(StringComparer.Ordinal);
        return [.. Directory.EnumerateFiles(folder, "*.verified.*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path))
            .Where(name => !owned.Contains(name[..name.IndexOf(".verified.", StringComparison.Ordinal)]))
            .Order(StringComparer.Ordinal)];
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n') + "\n";

    private static string Diff(string expected, string actual)
    {
        var result = new StringBuilder();
        foreach (var line in InlineDiffBuilder.Diff(expected, actual).Lines)
        {
            var mark = line.Type switch
            {
                ChangeType.Deleted => "- ",
                ChangeType.Inserted => "+ ",
                _ => "  ",
            };
            result.Append(mark).Append(line.Text).Append('\n');
        }

        return result.ToString();
    }
}
