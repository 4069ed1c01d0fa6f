using FineTune.TestSupport;

namespace FineTune.Sdk.IntegrationTests;

/// <summary><c>dotnet new</c>: install, instantiate, build, train a step.</summary>
public sealed class TemplateTests(PackedFeed feed) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("finetune")]
    [InlineData("finetune-chat", "--chat-template")]
    [InlineData("finetune-classifier")]
    public void Template_TrainsAStep(string template, params string[] options)
    {
        _folder.Write("nuget.config", feed.NuGetConfig);
        Run("new", "install", feed.TemplatesPackage, "--debug:custom-hive", _folder.File("hive"));
        Run(["new", template, "-o", "My App", "--base-model", Path.Combine(Repository.Root, "models", "tiny-docs"), "--debug:custom-hive", _folder.File("hive"), .. options]);

        CommandResult build = Run("build", "My App", "-nologo");
        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);
        CommandResult train = Run("run", "--project", "My App", "--no-build", "--", "train", "--set", "training.max_steps=1", "--set", "evaluation.rows=1", "--set", "evaluation.max_new_tokens=4");
        Assert.Contains("Trained 1 step", train.Output, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder.File("My App/runs"), "adapter_model.safetensors", SearchOption.AllDirectories));
    }

    [Fact]
    public void ChatModel_BringsItsOwnTemplate()
    {
        Run("new", "install", feed.TemplatesPackage, "--debug:custom-hive", _folder.File("hive"));
        Run("new", "finetune-chat", "-o", "App", "--debug:custom-hive", _folder.File("hive"));

        Assert.False(File.Exists(_folder.File("App/chat_template.jinja")));
        string recipe = File.ReadAllText(_folder.File("App/bicycles.recipe.yaml"));
        Assert.DoesNotContain("chat_template", recipe, StringComparison.Ordinal);
        Assert.DoesNotContain("#if", recipe, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAModel_TheBuildSaysWhichFolderIsMissing()
    {
        _folder.Write("nuget.config", feed.NuGetConfig);
        Run("new", "install", feed.TemplatesPackage, "--debug:custom-hive", _folder.File("hive"));
        Run("new", "finetune", "-o", "App", "--debug:custom-hive", _folder.File("hive"));

        CommandResult build = DotNet.Run(_folder.Path, feed.Environment, "build", "App", "-nologo");

        Assert.Equal(1, build.ExitCode);
        Assert.Contains("polite.recipe.yaml(7,9): error FT3020: model.base of the recipe 'Polite' is 'models/base'", build.Output, StringComparison.Ordinal);
    }

    private CommandResult Run(params string[] arguments)
    {
        CommandResult result = DotNet.Run(_folder.Path, feed.Environment, arguments);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{result.Text}");
        return result;
    }
}
