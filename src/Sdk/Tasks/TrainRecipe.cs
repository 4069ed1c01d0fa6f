using Microsoft.Build.Framework;

namespace FineTune.Build.Tasks;

/// <summary>
/// Trains one recipe by the project's own program, which goes on with an interrupted run and finds a finished one. Its
/// progress becomes messages.
/// </summary>
public sealed class TrainRecipe : ProgramTask
{
    /// <summary>The recipe's name.</summary>
    [Required]
    public string Recipe { get; set; } = "";

    /// <inheritdoc/>
    protected override IEnumerable<string> Arguments => ["train", Recipe];

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
        {
            Log.ReportError(
                "FT3052", null,
                $"The training of '{Recipe}' ended with exit code {ExitCode} and without an error. Its messages above may say more; the next build goes on from its last checkpoint.");
        }

        return false;
    }
}
