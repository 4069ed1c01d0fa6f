using System.Text;
using FineTune.App;
using FineTune.Data;
using FineTune.Recipes;
using FineTune.Tests.Recipes;
using FineTune.TestSupport.Fuzzing;
using FineTune.Training;

namespace FineTune.Tests.Data;

/// <summary>
/// Whatever is in a file of rows, reading and checking them ends with rows or with mistakes that have a code.
/// <see cref="InputFuzzer"/> tells of the variables that make runs long.
/// </summary>
public sealed class RowFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int ShortRuns = 100;
    private const string Questions = """{"question":"2+2","answer":"4"}""" + "\n" + """{"answer":"é\n","other":[1,{"a":null}],"question":"e'"}""";
    private const string Messages = """{"messages":[{"role":"system","content":"red"},{"role":"user","content":[{"type":"text","text":"one"}]},{"role":"assistant","content":"blue"}]}""" + "\n"
        + """
        {"messages":[{"role":"user","content":"red"},{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":{"x":1.5}}}]},{"role":"tool","tool_call_id":"1","content":"two"},{"role":"assistant","content":"x","train":true}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]}
        """;

    private readonly ChatProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("rows.jsonl", Questions)]
    [InlineData("rows.json", Questions)]
    [InlineData("rows.csv", "question,answer,more\n2+2,4,\n\"a, \"\"b\"\"\nc\",é,1\n\nx,y,z\r\n")]
    public void Prompts(string name, string seed) =>
        Fuzz(name, seed, new QuestionPipeline(), _project.Options with { Data = _project.Options.Data with { Type = DatasetType.Template } });

    [Theory]
    [InlineData("rows.jsonl", false)]
    [InlineData("rows.json", false)]
    [InlineData("rows.jsonl", true)]
    public void Conversations(string name, bool shareGpt) => Fuzz(
        name,
        shareGpt ? """{"conversations":[{"from":"system","value":"red"},{"from":"human","value":"one"},{"from":"gpt","value":"blue"}],"tools":null}""" : Messages,
        new ChatProject.ChatPipeline { ShareGpt = shareGpt },
        _project.Options);

    private void Fuzz(string name, string seed, TrainingPipeline pipeline, RecipeOptions options)
    {
        var path = Path.Combine(_project.Root, name);
        options = options with { Data = options.Data with { Train = path } };
        if (name == "rows.json")
            seed = $"[{seed.ReplaceLineEndings(",\n")}]";
        var (rows, mistakes) = (0, 0);
        var fuzzer = new InputFuzzer(exception => (exception as FineTuneException)?.Code, ShortRuns);
        var (total, accepted, seedAccepted) = fuzzer.Run(Encoding.UTF8.GetBytes(seed), Path.GetExtension(name) == ".csv" ? ByteChanges.Apply : Change, input =>
        {
            File.WriteAllBytes(path, input);
            foreach (var row in new RecipeRows(pipeline, options).Training(path))
            {
                rows++;
                mistakes += row.Mistake is null ? 0 : 1;
            }

            DataCheck.Run(pipeline, options);
            AssertPromptsAreToldOf(pipeline, options, Encoding.UTF8.GetString(input));
        });
        output.WriteLine($"{name}: {total} inputs, {accepted} of them files, with {rows} rows, {mistakes} of them mistakes");
        Assert.True(seedAccepted);
    }

    // The same rows as someone types them, for the model to continue.
    private static void AssertPromptsAreToldOf(TrainingPipeline pipeline, RecipeOptions options, string text)
    {
        foreach (var line in text.Split('\n').Select(line => line.Trim(',', '[', ']')))
        {
            try
            {
                foreach (var prompt in PromptInput.Split(line))
                    Assert.NotNull(PromptInput.Context(pipeline, options, prompt));
            }
            catch (FineTuneException told)
            {
                Assert.StartsWith("FT", told.Code, StringComparison.Ordinal);
            }
        }
    }

    // One line of JSON lines, or the whole of an array.
    private static byte[] Change(byte[] seed, Random random)
    {
        if (random.Next(3) == 0)
            return ByteChanges.Apply(seed, random);
        var text = Encoding.UTF8.GetString(seed);
        if (text[0] == '[')
            return Encoding.UTF8.GetBytes(JsonChanges.Apply(text, random));
        var lines = text.Split('\n');
        var line = random.Next(lines.Length);
        lines[line] = JsonChanges.Apply(lines[line], random);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
