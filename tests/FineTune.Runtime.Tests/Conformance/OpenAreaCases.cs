using System.Globalization;
using System.Text.Json;

namespace FineTune.Tests.Conformance;

/// <summary>Lists the cases of the areas that nothing is implemented for yet.</summary>
internal static class OpenAreaCases
{
    private static readonly string[] Areas = ["real", "quantization", "alignment", "files"];

    /// <summary>Lists of other areas that no test compares yet.</summary>
    private static readonly string[] Files =
    [
        "training/packing/collators.json", "training/packing/preparation.json",
    ];

    /// <summary>Parts of these areas that have tests of their own.</summary>
    private static readonly string[] Handled = ["files/safetensors", "files/parquet-arrow", "files/pytorch", "alignment/policy-gradient.json", "alignment/trajectories"];

    /// <summary>The arrays that hold cases; each area's README says which.</summary>
    private static readonly string[] Lists = ["cases", "masks", "conversations", "prompts", "chats", "perplexity", "steps", "texts"];

    /// <summary>Files that are inputs of cases, or results beside them.</summary>
    private static readonly string[] Inputs = ["files/hub/server.json", "files/hub/constants.json"];

    /// <summary>Every case, as area and id.</summary>
    public static IEnumerable<(string Area, string Id)> All => ConformanceFolder.Vectors is not { } root
        ? []
        : Areas.Where(area => Directory.Exists(Path.Combine(root, area))).SelectMany(area => List(root, area, area).Select(id => (area, id)))
            .Concat(Files.Where(file => File.Exists(Path.Combine(root, file))).SelectMany(file => ListFile(root, file)));

    private static IEnumerable<(string Area, string Id)> ListFile(string root, string file)
    {
        var area = file.Split('/')[0];
        var prefix = Path.ChangeExtension(Path.GetRelativePath(area, file), null);
        return InFile(Path.Combine(root, file)).Select(id => (area, $"{prefix}/{id}"));
    }

    private static IEnumerable<string> List(string root, string area, string folder)
    {
        var path = Path.Combine(root, folder);
        if (Handled.Contains(folder))
            yield break;
        if (File.Exists(Path.Combine(path, "case.json")))
        {
            yield return Path.GetRelativePath(area, folder);
            yield break;
        }

        foreach (var file in Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal))
        {
            var name = $"{folder}/{Path.GetFileName(file)}";
            if (Inputs.Contains(name) || Handled.Contains(name) || Path.GetFileName(file) == "adapter_config.json")
                continue;
            var prefix = Path.GetRelativePath(area, Path.Combine(folder, Path.GetFileNameWithoutExtension(file)));
            // Some files use an id twice.
            foreach (var (id, number) in InFile(file).GroupBy(id => id).SelectMany(group => group.Select((id, number) => (id, number))))
                yield return id.Length == 0 ? prefix : number == 0 ? $"{prefix}/{id}" : $"{prefix}/{id}#{number + 1}";
        }

        foreach (var child in Directory.GetDirectories(path).Order(StringComparer.Ordinal))
        {
            // Folders without vectors of their own hold the files of the cases above them.
            foreach (var id in List(root, area, $"{folder}/{Path.GetFileName(child)}"))
                yield return id;
        }
    }

    /// <summary>The ids of a file's cases; one empty id if the file as a whole is a case.</summary>
    private static IEnumerable<string> InFile(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 4096 });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return [];
        var lists = document.RootElement.EnumerateObject()
            .Where(property => Lists.Contains(property.Name) && property.Value.ValueKind == JsonValueKind.Array).ToList();
        // Model folders of cases have JSON files too; vectors say how they were made or what they refer to.
        if (lists.Count == 0)
            return document.RootElement.TryGetProperty("how", out _) || document.RootElement.TryGetProperty("reference", out _) ? [""] : [];
        return
        [
            .. lists.SelectMany(list => list.Value.EnumerateArray().Select((test, index) =>
                list.Name == "cases" ? IdOf(test, index) : $"{list.Name}/{IdOf(test, index)}")),
        ];
    }

    private static string IdOf(JsonElement test, int index) =>
        test.ValueKind == JsonValueKind.Object && test.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()!
            : index.ToString(CultureInfo.InvariantCulture);
}
