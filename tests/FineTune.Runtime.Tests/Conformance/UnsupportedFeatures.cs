using System.Text.Json;

namespace FineTune.Tests.Conformance;

/// <summary>The one list of what the product does not support yet.</summary>
internal static class UnsupportedFeatures
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private static readonly IReadOnlyList<UnsupportedFeature> All = JsonSerializer.Deserialize<List<UnsupportedFeature>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Conformance", "unsupported.json")), Options)!;

    public static UnsupportedFeature? Find(string area, IEnumerable<string> features)
    {
        var wanted = features.ToHashSet();
        return All.FirstOrDefault(entry => entry.Area == area && (entry.Feature == "*" || wanted.Contains(entry.Feature)));
    }
}

/// <param name="Area">The area of the cases.</param>
/// <param name="Feature">A feature, such as <c>family:gpt2</c>; <c>*</c> is the whole area.</param>
/// <param name="Reason">Why it is not supported yet.</param>
internal sealed record UnsupportedFeature(string Area, string Feature, string Reason);
