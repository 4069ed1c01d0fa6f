using System.Diagnostics;
using FineTune.Prompts;
using FineTune.Prompts.Templates;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Templates;

/// <summary>conformance/templates/bounded-resources.json: hostile templates end soon and with little memory.</summary>
public sealed class BoundedResourceTests(ConformanceReport report)
{
    private const string FileName = "bounded-resources.json";

    private static readonly Lazy<IReadOnlyDictionary<string, System.Text.Json.JsonElement>> Suite = new(() => TemplateCases.Of(FileName));

    public static TheoryData<string?> Cases => CaseRows.Of(Suite.Value.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void Interpreted(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = Suite.Value[id];
        ConformanceRun.Check(report, TemplateCases.Area, $"bounded-resources/{id}", [$"bounded:{id}"], check =>
            Compare(check, test, () => ChatTemplate.Parse(test.GetProperty("template").GetString()!)));
    }

    /// <summary>Small values add up as texts do, where a template keeps them all.</summary>
    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("missing")]
    [InlineData("namespace()")]
    [InlineData("'a'.upper")]
    [InlineData("'a' | select")]
    [InlineData("(1,)")]
    public void Values(string value)
    {
        var template = "{% set ns = namespace(a=none) %}{% for i in range(100000) %}{% set ns.a = [" + string.Concat(Enumerable.Repeat(value + ", ", 60))
            + "ns.a] %}{% endfor %}";
        foreach (var create in new Func<ChatTemplate>[] { () => ChatTemplate.Parse(template), () => TemplateCompiler.Compile([template])[template] })
        {
            var exception = Assert.Throws<FineTuneException>(() => TemplateComparison.Render(create(), new Dictionary<string, object?>()));
            Assert.Equal("FT5505", exception.Code);
            Assert.Contains("makes values of more than", exception.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The bound is a rendering's: what is read between two counts for neither.</summary>
    [Fact]
    public void ValuesOfTheCallerAreNotCounted()
    {
        var template = ChatTemplate.Parse("{{ xs | length }}");
        var lists = new List<object?>();
        for (var i = 0; i < 300_000; i++)
            lists.Add(new TemplateDict());
        Assert.Equal("300000", TemplateComparison.Render(template, new Dictionary<string, object?> { ["xs"] = new TemplateList(lists) }).Text);
    }

    /// <summary>Runs one case; also for compiled templates.</summary>
    internal static void Compare(ConformanceCheck check, System.Text.Json.JsonElement test, Func<ChatTemplate> create)
    {
        var reference = test.GetProperty("reference");
        var started = ProcessorTime();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var output = TemplateComparison.Render(create(), new Dictionary<string, object?>()).Text;
            if (!reference.TryGetProperty("length", out var length))
                check.Fail($"expected an error, got {output.Length} characters");
            else if (length.GetInt32() != output.Length || !output.StartsWith(reference.GetProperty("head").GetString()!, StringComparison.Ordinal))
                check.Fail($"expected {reference}, got {output.Length} characters");
        }
        catch (FineTuneException exception)
        {
            if (reference.TryGetProperty("length", out _))
                check.Fail($"expected {reference}, got {exception.Report}");
            Assert.Contains(':', exception.Place!);
        }

        check.Equal("within 2 seconds", true, ProcessorTime() - started < TimeSpan.FromSeconds(2));
        // All that was allocated is more than what was in use at any time.
        var bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        check.Equal($"{bytes:N0} bytes within 256 MiB", true, bytes < 256 << 20);
    }

    // What this thread had of the processor, where the system tells: the machine may be busy with other things.
    private static TimeSpan ProcessorTime() => File.Exists("/proc/thread-self/schedstat")
        ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], null) / 1000)
        : Stopwatch.GetElapsedTime(0);
}
