using FineTune.App;
using FineTune.App.Commands;
using FineTune.App.Display;
using FineTune.Recipes;
using FineTune.Tests.Recipes;

namespace FineTune.Tests.App;

/// <summary>Runs a command line over fake work, in a folder of its own, as a redirected process would.</summary>
[Collection(nameof(ProcessState))]
public abstract class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("finetune-");
    private readonly string _previous = Environment.CurrentDirectory;

    protected CommandLineTests() => Environment.CurrentDirectory = _root.FullName;

    private protected FakeRunner Runner { get; } = new();

    protected string Output { get; private set; } = "";

    protected string Error { get; private set; } = "";

    private protected List<TrainingPipeline> Pipelines { get; } = [new QuestionPipeline()];

    public void Dispose()
    {
        Environment.CurrentDirectory = _previous;
        _root.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected int Run(params string[] args) => RunWithInput("", args);

    protected int RunWithInput(string input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(Terminal.Plain(output), Terminal.Plain(error), new StringReader(input), InputRedirected: true);
        var code = new ProjectCommandLine(new CommandContext(Pipelines, Runner, terminal)).Run(args);
        (Output, Error) = (output.ToString(), error.ToString());
        return code;
    }

    private protected void AddRecipe(string name) => Pipelines.Add(new QuestionPipeline { Recipe = new QuestionPipeline().Recipe with { Name = name } });
}
