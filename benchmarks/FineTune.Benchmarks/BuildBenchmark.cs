using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FineTune.Benchmarks;

/// <summary>
/// Whole builds of projects with 1, 10 and 200 recipes on the packed SDK, beside a console project without it: from nothing
/// (restore included, packages in the cache), again without a change, and after an edit of one recipe.
/// </summary>
internal static class BuildBenchmark
{
    private const int Runs = 3;
    private const int Rows = 200;
    private const string Version = "0.1.0-benchmark";

    public static int Run()
    {
        var root = Directory.CreateTempSubdirectory("finetune-build-").FullName;
        try
        {
            foreach (var project in new[] { "src/Sdk/FineTune.Sdk.csproj", "src/Runtime/FineTune.Runtime.csproj" })
                DotNet(Environment.CurrentDirectory, root, ["pack", project, "-nologo", "-c", "Release", "-p:Version=" + Version, "-o", Path.Combine(root, "feed")]);
            File.WriteAllText(Path.Combine(root, "nuget.config"), NuGetConfig(root));
            Console.WriteLine($"Seconds of dotnet build, medians of {Runs}.");
            Console.WriteLine("recipes       clean   unchanged   after an edit of one");
            var plain = Measure(root, "plain", recipes: 0);
            Write("no SDK", plain, plain);
            foreach (var count in new[] { 1, 10, 200 })
                Write(count.ToString(CultureInfo.InvariantCulture), Measure(root, $"recipes{count}", count), plain);
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Write(string name, Times times, Times plain) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-8} {times.Clean,6:F1} ({times.Clean / plain.Clean:F1}) {times.Unchanged,5:F1} ({times.Unchanged / plain.Unchanged:F1}) {times.Edit,5:F1} ({times.Edit / plain.Edit:F1})"));

    private static Times Measure(string root, string name, int recipes)
    {
        var folder = Path.Combine(root, name);
        Directory.CreateDirectory(folder);
        WriteProject(folder, recipes);
        var (clean, unchanged, edit) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            foreach (var output in new[] { "bin", "obj" })
            {
                if (Directory.Exists(Path.Combine(folder, output)))
                    Directory.Delete(Path.Combine(folder, output), recursive: true);
            }

            clean.Add(Build(folder, root));
            unchanged.Add(Build(folder, root));
            WriteEdit(folder, recipes, run);
            edit.Add(Build(folder, root));
        }

        return new Times(clean.Order().ElementAt(Runs / 2), unchanged.Order().ElementAt(Runs / 2), edit.Order().ElementAt(Runs / 2));
    }

    private static void WriteProject(string folder, int recipes)
    {
        if (recipes == 0)
        {
            File.WriteAllText(Path.Combine(folder, "App.csproj"), """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                </Project>
                """);
        }
        else
        {
            File.WriteAllText(Path.Combine(folder, "App.csproj"), $"""<Project Sdk="FineTune.Sdk/{Version}" />""");
        }

        var model = Path.GetFullPath("models/tiny-docs");
        for (var i = 0; i < recipes; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"recipe{i}.recipe.yaml"), Recipe(i, model, epochs: 1));
            Directory.CreateDirectory(Path.Combine(folder, "data"));
            File.WriteAllLines(
                Path.Combine(folder, "data", $"train{i}.jsonl"),
                Enumerable.Range(0, Rows).Select(row => $$"""{"signature": "public int Count{{row}} { get; }", "kind": "property", "summary": " Gets the number of items of list {{i}} in row {{row}}."}"""));
        }

        WriteEdit(folder, recipes, run: -1);
    }

    private static void WriteEdit(string folder, int recipes, int run)
    {
        if (recipes == 0)
            File.WriteAllText(Path.Combine(folder, "Program.cs"), $"System.Console.WriteLine({run});");
        else
            File.WriteAllText(Path.Combine(folder, $"recipe{recipes / 2}.recipe.yaml"), Recipe(recipes / 2, Path.GetFullPath("models/tiny-docs"), epochs: run + 2));
    }

    private static string Recipe(int number, string model, int epochs) => $$"""
        recipe: Recipe{{number}}
        model: { base: '{{model}}' }
        data:
          train: data/train{{number}}.jsonl
          prompt: |
            Member: {signature}
            Kind: {kind}
            Summary:{summary|completion}
          max_length: 512
        adapter: { kind: lora, rank: 16, alpha: 32, targets: [q_proj, k_proj, v_proj, o_proj] }
        training: { learning_rate: 2e-4, epochs: {{epochs}}, tokens_per_batch: 8192, schedule: cosine, warmup_steps: 0.03 }
        """;

    private static double Build(string folder, string root)
    {
        var watch = Stopwatch.StartNew();
        DotNet(folder, root, ["build", "-nologo", "-v", "quiet"]);
        return watch.Elapsed.TotalSeconds;
    }

    private static void DotNet(string folder, string root, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // A package folder of its own: the version is not to stay in the user's.
        if (folder.StartsWith(root, StringComparison.Ordinal))
            start.Environment["NUGET_PACKAGES"] = Path.Combine(root, "packages");
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => output.AppendLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}\n{output}");
    }

    private static string NuGetConfig(string root) => $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="feed" value="{Path.Combine(root, "feed")}" />
            <add key="nuget.org" value="https://api.nuget.org/v3/index.json" protocolVersion="3" />
          </packageSources>
          <packageSourceMapping>
            <clear />
            <packageSource key="feed"><package pattern="FineTune.*" /></packageSource>
            <packageSource key="nuget.org"><package pattern="*" /></packageSource>
          </packageSourceMapping>
          <fallbackPackageFolders>
            <clear />
            <add key="machine" value="{PackageFolder}" />
          </fallbackPackageFolders>
        </configuration>
        """;

    private static string PackageFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private readonly record struct Times(double Clean, double Unchanged, double Edit);
}
