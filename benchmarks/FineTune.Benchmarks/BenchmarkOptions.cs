using System.Globalization;
using FineTune.Recipes;

namespace FineTune.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record BenchmarkOptions
{
    public string? Shape { get; init; }

    public string? Method { get; init; }

    public ModelDType DType { get; init; } = ModelDType.Auto;

    public int Steps { get; init; } = 12;

    public string Assets { get; init; } = Environment.GetEnvironmentVariable("FINETUNE_ASSETS") ?? "../shared/assets";

    /// <summary>The folder of the model that the child process loads; null in the parent.</summary>
    public string? ModelFolder { get; init; }

    public bool IsChild => ModelFolder is not null;

    public static BenchmarkOptions Parse(string[] args)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--dtype" => options with { DType = Enum.Parse<ModelDType>(args[++i], ignoreCase: true) },
                "--steps" => options with { Steps = int.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--assets" => options with { Assets = args[++i] },
                "--model" => options with { ModelFolder = args[++i] },
                "8m" or "60m" or "360m" => options with { Shape = args[i] },
                "lora" or "full" or "operations" or "templates" or "generator" or "build" => options with { Method = args[i] },
                _ => throw new ArgumentException($"Unknown argument '{args[i]}'."),
            };
        }

        return options;
    }
}
