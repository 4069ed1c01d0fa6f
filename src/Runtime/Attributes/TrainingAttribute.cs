using FineTune.Recipes;

namespace FineTune.Attributes;

/// <summary>How a recipe trains; <see cref="SftAttribute"/> and <see cref="PretrainAttribute"/> say what for.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class TrainingAttribute : Attribute
{
    private protected TrainingAttribute()
    {
    }

    /// <inheritdoc cref="TrainingOptions.LearningRate"/>
    public double LearningRate { get; set; }

    /// <inheritdoc cref="TrainingOptions.Epochs"/>
    public double Epochs { get; set; } = 1;

    /// <inheritdoc cref="TrainingOptions.MaxSteps"/>
    public int MaxSteps { get; set; }

    /// <inheritdoc cref="TrainingOptions.TokensPerBatch"/>
    public int TokensPerBatch { get; set; }

    /// <inheritdoc cref="TrainingOptions.BatchSize"/>
    public int BatchSize { get; set; }

    /// <inheritdoc cref="TrainingOptions.GradientAccumulation"/>
    public int GradientAccumulation { get; set; } = 1;

    /// <inheritdoc cref="TrainingOptions.MicroBatchTokens"/>
    public int MicroBatchTokens { get; set; } = 2048;

    /// <inheritdoc cref="TrainingOptions.Schedule"/>
    public LearningRateSchedule Schedule { get; set; } = LearningRateSchedule.Linear;

    /// <inheritdoc cref="TrainingOptions.WarmupSteps"/>
    public double WarmupSteps { get; set; }

    /// <inheritdoc cref="TrainingOptions.MinLrRate"/>
    public double MinLrRate { get; set; }

    /// <inheritdoc cref="TrainingOptions.WeightDecay"/>
    public double WeightDecay { get; set; }

    /// <inheritdoc cref="TrainingOptions.Optimizer"/>
    public OptimizerKind Optimizer { get; set; } = OptimizerKind.AdamW;

    /// <inheritdoc cref="TrainingOptions.Momentum"/>
    public double Momentum { get; set; }

    /// <inheritdoc cref="TrainingOptions.Nesterov"/>
    public bool Nesterov { get; set; }

    /// <inheritdoc cref="TrainingOptions.LoraplusLrRatio"/>
    public double LoraplusLrRatio { get; set; }

    /// <inheritdoc cref="TrainingOptions.LoraplusLrEmbedding"/>
    public double LoraplusLrEmbedding { get; set; } = 1e-6;

    /// <inheritdoc cref="TrainingOptions.Beta1"/>
    public double Beta1 { get; set; } = 0.9;

    /// <inheritdoc cref="TrainingOptions.Beta2"/>
    public double Beta2 { get; set; } = 0.999;

    /// <inheritdoc cref="TrainingOptions.Epsilon"/>
    public double Epsilon { get; set; } = 1e-8;

    /// <inheritdoc cref="TrainingOptions.MaxGradNorm"/>
    public double MaxGradNorm { get; set; } = 1;

    /// <inheritdoc cref="TrainingOptions.MaxGradValue"/>
    public double MaxGradValue { get; set; }

    /// <inheritdoc cref="TrainingOptions.LossType"/>
    public LossType LossType { get; set; } = LossType.CrossEntropy;

    /// <inheritdoc cref="TrainingOptions.LabelSmoothing"/>
    public double LabelSmoothing { get; set; }

    /// <inheritdoc cref="TrainingOptions.ZLoss"/>
    public double ZLoss { get; set; }

    /// <inheritdoc cref="TrainingOptions.NeftuneNoiseAlpha"/>
    public double NeftuneNoiseAlpha { get; set; }

    /// <inheritdoc cref="TrainingOptions.Average"/>
    public WeightAveraging Average { get; set; } = WeightAveraging.None;

    /// <inheritdoc cref="TrainingOptions.EmaDecay"/>
    public double EmaDecay { get; set; } = 0.999;

    /// <inheritdoc cref="TrainingOptions.AverageLast"/>
    public int AverageLast { get; set; } = 10;

    /// <inheritdoc cref="TrainingOptions.SwaStart"/>
    public double SwaStart { get; set; } = 0.75;

    /// <inheritdoc cref="TrainingOptions.SwaEvery"/>
    public int SwaEvery { get; set; } = 1;

    /// <inheritdoc cref="TrainingOptions.Seed"/>
    public int Seed { get; set; } = 42;

    /// <inheritdoc cref="TrainingOptions.SaveSteps"/>
    public double SaveSteps { get; set; }

    /// <inheritdoc cref="TrainingOptions.SaveTotalLimit"/>
    public int SaveTotalLimit { get; set; } = 2;

    /// <inheritdoc cref="TrainingOptions.EvalSteps"/>
    public double EvalSteps { get; set; }

    /// <inheritdoc cref="TrainingOptions.MetricForBestModel"/>
    public EvaluationMetric MetricForBestModel { get; set; } = EvaluationMetric.Loss;

    /// <inheritdoc cref="TrainingOptions.LoadBest"/>
    public bool LoadBest { get; set; }

    /// <inheritdoc cref="TrainingOptions.EarlyStoppingPatience"/>
    public int EarlyStoppingPatience { get; set; }

    /// <inheritdoc cref="TrainingOptions.EarlyStoppingThreshold"/>
    public double EarlyStoppingThreshold { get; set; }
}
