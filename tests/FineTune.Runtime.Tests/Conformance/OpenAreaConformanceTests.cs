namespace FineTune.Tests.Conformance;

/// <summary>Reports the cases of areas that nothing is implemented for yet, so that no case goes unnoticed.</summary>
public sealed class OpenAreaConformanceTests(ConformanceReport report)
{
    public static TheoryData<string, string> Cases => [.. OpenAreaCases.All];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Open(string area, string id) => ConformanceRun.Check(
        report,
        area,
        id,
        [$"{area}:{id.Split('/')[0]}"],
        check => check.Fail("no test compares this case: list its feature in unsupported.json, or write the test"));
}
