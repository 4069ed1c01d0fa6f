using FineTune.Prompts;

namespace FineTune.Recipes;

/// <summary>A recipe that can run. Generated code derives from <see cref="TrainingPipeline{TRow}"/>.</summary>
public abstract class TrainingPipeline
{
    private protected TrainingPipeline()
    {
    }

    /// <summary>The recipe as declared.</summary>
    public abstract RecipeOptions Options { get; }

    /// <summary>Reads one JSON object and renders it as a prompt.</summary>
    /// <param name="utf8Json">One JSON object.</param>
    /// <exception cref="RowException">A column is missing or has another type.</exception>
    internal abstract Prompt RenderJson(ReadOnlySpan<byte> utf8Json);
}
