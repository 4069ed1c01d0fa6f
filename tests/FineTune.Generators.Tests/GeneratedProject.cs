using System.Reflection;
using System.Runtime.Loader;
using FineTune.Prompts;
using FineTune.Recipes;

namespace FineTune.Generators.Tests;

/// <summary>A project's generated code, compiled and loaded.</summary>
internal static class GeneratedProject
{
    private delegate Prompt? RenderJson(ReadOnlySpan<byte> utf8Json);

    /// <summary>Creates the pipeline of a recipe.</summary>
    public static TrainingPipeline Create(GeneratorTest test, string className)
    {
        using var stream = new MemoryStream();
        var result = test.Compilation.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        stream.Position = 0;
        var assembly = new AssemblyLoadContext(className, isCollectible: true).LoadFromStream(stream);
        return (TrainingPipeline)Activator.CreateInstance(assembly.GetType(className, throwOnError: true)!)!;
    }

    /// <summary>Reads a row and renders it, as training does.</summary>
    public static Prompt Render(TrainingPipeline pipeline, string json) => TryRender(pipeline, json)!;

    /// <summary>As <see cref="Render"/>; <see langword="null"/> if the recipe's filter leaves the row out.</summary>
    public static Prompt? TryRender(TrainingPipeline pipeline, string json)
    {
        var method = typeof(TrainingPipeline).GetMethod("RenderJson", BindingFlags.Instance | BindingFlags.NonPublic, [typeof(ReadOnlySpan<byte>)])!;
        return method.CreateDelegate<RenderJson>(pipeline)(System.Text.Encoding.UTF8.GetBytes(json));
    }
}
