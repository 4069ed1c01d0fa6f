using System.Diagnostics.CodeAnalysis;

namespace FineTune.Tests.Conformance;

/// <summary>Cases as theory data: a theory without rows would fail, so that no cases are one row of null, which skips.</summary>
internal static class CaseRows
{
    public static TheoryData<string?> Of(IEnumerable<string> ids)
    {
        var rows = new TheoryData<string?>();
        foreach (var id in ids.DefaultIfEmpty())
            rows.Add(id);
        return rows;
    }

    public static void SkipIfNone([NotNull] string? id)
    {
        ConformanceFolder.SkipIfAbsent();
        if (id is null)
            Assert.Skip("The conformance folder has no such cases.");
    }
}
