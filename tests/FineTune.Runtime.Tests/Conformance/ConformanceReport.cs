using System.Text.Encodings.Web;
using System.Text.Json;
using FineTune.Tests.Conformance;

[assembly: AssemblyFixture(typeof(ConformanceReport))]

namespace FineTune.Tests.Conformance;

/// <summary>Collects the outcome of every case and writes <c>artifacts/conformance.json</c> when the tests end.</summary>
public sealed class ConformanceReport : IDisposable
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Dictionary<(string Area, string Case), object> _cases = [];
    private readonly Lock _lock = new();

    /// <summary>Reports one case; a later report of the same case replaces the earlier.</summary>
    public void Add(string area, string id, string outcome, double? error, string? reason)
    {
        lock (_lock)
        {
            _cases[(area, id)] = new
            {
                area,
                @case = id,
                outcome,
                error = error is { } value && double.IsFinite(value) ? value : (double?)null,
                tolerance = outcome == "skipped" ? (double?)null : 1.0,
                reason,
            };
        }
    }

    /// <summary>Writes the report, if any case ran.</summary>
    public void Dispose()
    {
        if (_cases.Count == 0)
            return;
        var folder = Path.Combine(ConformanceFolder.RepositoryRoot, "artifacts");
        Directory.CreateDirectory(folder);
        var ordered = _cases.OrderBy(pair => pair.Key.Area, StringComparer.Ordinal).ThenBy(pair => pair.Key.Case, StringComparer.Ordinal);
        File.WriteAllText(Path.Combine(folder, "conformance.json"), JsonSerializer.Serialize(new { cases = ordered.Select(pair => pair.Value) }, Options));
    }
}
