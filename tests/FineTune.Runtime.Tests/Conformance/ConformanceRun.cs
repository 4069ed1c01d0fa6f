namespace FineTune.Tests.Conformance;

/// <summary>Runs one case and reports it.</summary>
internal static class ConformanceRun
{
    /// <param name="report">The run's report (the assembly fixture).</param>
    /// <param name="area">The area's folder, such as <c>models</c>.</param>
    /// <param name="id">The case's id.</param>
    /// <param name="features">What the case needs, as <c>kind:value</c>; one that is listed in unsupported.json skips the case.</param>
    /// <param name="test">The comparisons.</param>
    public static void Check(ConformanceReport report, string area, string id, IEnumerable<string> features, Action<ConformanceCheck> test)
    {
        if (UnsupportedFeatures.Find(area, features) is { } unsupported)
        {
            report.Add(area, id, "skipped", null, $"{unsupported.Feature}: {unsupported.Reason}");
            Assert.Skip($"not supported yet: {unsupported.Feature}: {unsupported.Reason}");
        }

        var check = new ConformanceCheck();
        try
        {
            test(check);
        }
        catch (Exception exception)
        {
            report.Add(area, id, "failed", null, exception.Message);
            throw;
        }

        var failed = check.Failures.Count > 0;
        report.Add(area, id, failed ? "failed" : "passed", check.LargestError, failed ? check.Failures[0] : null);
        Assert.True(!failed, $"{area}/{id}:\n  " + string.Join("\n  ", check.Failures.Take(12)));
    }
}
