using Microsoft.Build.Logging.StructuredLogger;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>Mistakes in the project file: one error each, before anything is asked of a package feed.</summary>
public sealed class ProjectMistakeTests(PackedFeed feed)
{
    [Theory]
    [InlineData("FT3001", "<FineTuneDevice>gpu</FineTuneDevice>", "FineTuneDevice is 'gpu'")]
    [InlineData("FT3002", "<RuntimeIdentifier>linux-arm64</RuntimeIdentifier>", "'cpu' for the platform 'linux-arm64'")]
    [InlineData("FT3002", "<FineTuneDevice>cuda</FineTuneDevice><RuntimeIdentifier>osx-arm64</RuntimeIdentifier>", "Build for one of linux-x64, win-x64")]
    [InlineData("FT3003", "<FineTuneDevice>external</FineTuneDevice>", "FineTuneLibTorchPath is not set")]
    [InlineData("FT3003", "<FineTuneDevice>external</FineTuneDevice><FineTuneLibTorchPath>/no/such/folder</FineTuneLibTorchPath>", "holds no libtorch")]
    [InlineData("FT3005", "<FineTuneDevice>none</FineTuneDevice><TargetFramework>net8.0</TargetFramework>", "TargetFramework is 'net8.0'")]
    [InlineData("FT3006", "<FineTuneDevice>none</FineTuneDevice><FineTuneKernels>Always</FineTuneKernels>", "FineTuneKernels is 'Always'")]
    public void ImpossibleValue_IsOneError(string code, string properties, string message)
    {
        using var project = new OutsideProject(feed, properties);

        Error error = TheError(project.Build(), code);

        Assert.Contains(message, error.Text, StringComparison.Ordinal);
        Assert.Equal(project.File("App.csproj"), error.File);
    }

    [Fact]
    public void OtherLanguage_IsFT3007()
    {
        using var project = new OutsideProject(feed);
        File.Move(project.File("App.csproj"), project.File("App.vbproj"));

        TheError(project.Build(), "FT3007");
    }

    [Fact]
    public void LibtorchOfAnotherVersion_IsWarningFT3004()
    {
        using var project = new OutsideProject(feed, "<FineTuneDevice>external</FineTuneDevice><FineTuneLibTorchPath>torch</FineTuneLibTorchPath>");
        project.Write("torch/lib/libtorch_cpu.so", "");
        project.Write("torch/build-version", "1.13.1+cpu\n");

        BuildResult result = project.Build();

        Assert.True(result.Succeeded, result.Text);
        Assert.Equal("FT3004", Assert.Single(result.Diagnostics).Code);
        string configuration = File.ReadAllText(project.File("bin/Debug/net10.0/App.runtimeconfig.json"));
        Assert.Contains($"\"FineTune.LibTorchPath\": \"{project.File("torch/lib/")}\"", configuration, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingData_IsFT3020_AtTheRecipesLine_AndGoneOnceTheFileIsThere()
    {
        using var project = new OutsideProject(feed);
        File.Delete(project.File("data/train.jsonl"));
        project.Write("data/trian.jsonl", "");

        Error error = TheError(project.Build(), "FT3020");
        Assert.Equal((project.File("tiny.recipe.yaml"), 4, 10), (error.File, error.LineNumber, error.ColumnNumber));
        Assert.Contains("Did you mean 'data/trian.jsonl'?", error.Text, StringComparison.Ordinal);

        project.Write("data/train.jsonl", """{"text": "a"}""");
        project.BuildCleanly();
    }

    [Fact]
    public void DataMadeByATarget_OrLater_IsNoMistake()
    {
        using var project = new OutsideProject(feed);
        File.Delete(project.File("data/train.jsonl"));
        project.Write("Directory.Build.targets", """
            <Project>
              <Target Name="MakeData" AfterTargets="Build" Condition="'$(MakesData)' == 'true'">
                <WriteLinesToFile File="data/train.jsonl" Lines="{&quot;text&quot;: &quot;a&quot;}" Overwrite="true" />
              </Target>
              <ItemGroup Condition="'$(ProducesData)' == 'true'">
                <FineTuneProducedFile Include="data/train.jsonl" />
              </ItemGroup>
            </Project>
            """);

        project.BuildCleanly("-p:ProducesData=true");
        project.BuildCleanly("-p:FineTuneCheckFiles=false");
        Assert.Contains("FT3020", project.Build().ErrorCodes);
        project.BuildCleanly("-p:MakesData=true");
    }

    private static Error TheError(BuildResult result, string code)
    {
        Assert.False(result.Succeeded, result.Text);
        Assert.True(result.ErrorCodes.SequenceEqual([code]), result.Text);
        return result.Diagnostics.OfType<Error>().Single();
    }
}
