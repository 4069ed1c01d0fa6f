using System.Globalization;

namespace CustomPipeline;

/// <summary>The part of the recipe's class that is written by hand: the build generates the other one from the YAML.</summary>
public sealed partial class FirstWords
{
    /// <summary>Measured on the held-out rows beside perplexity.</summary>
    protected override IReadOnlyList<ITextMetric> Metrics => [new SameFirstWord(), new ExtraWords()];

    /// <summary>In place of cross entropy.</summary>
    protected override ITokenLoss Loss => new FocalLoss(gamma: 1);

    /// <summary>A line a step, for a spreadsheet.</summary>
    protected override void OnStep(TrainingStep step) => File.AppendAllText(
        "runs/FirstWords/steps.csv",
        string.Create(CultureInfo.InvariantCulture, $"{step.Step},{step.Loss:F4},{step.LearningRate:E2},{step.TokensPerSecond:F0}\n"));
}
