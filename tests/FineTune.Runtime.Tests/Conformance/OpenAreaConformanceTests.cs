namespace FineTune.Tests.Conformance;

/// <summary>Reports the cases of areas that nothing is implemented for yet, so that no case goes unnoticed.</summary>
public sealed class OpenAreaConformanceTests(ConformanceReport report)
{
    public static TheoryData<string?> Cases => CaseRows.Of(OpenAreaCases.All.Select(test => $"{test.Area}/{test.Id}"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Open(string? path)
    {
        CaseRows.SkipIfNone(path);
        var parts = path.Split('/', 2);
        ConformanceRun.Check(
            report,
            parts[0],
            parts[1],
            [$"{parts[0]}:{parts[1].Split('/')[0]}"],
            check => check.Fail("no test compares this case: list its feature in unsupported.json, or write the test"));
    }
}
