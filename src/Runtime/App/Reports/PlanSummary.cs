using FineTune.App.Display;
using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.App.Reports;

/// <summary>A recipe and its plan in one line.</summary>
internal static class PlanSummary
{
    public static string Line(RecipeOptions options, TrainingPlan plan) =>
        $"{Quantity.Short(plan.Parameters)} parameters, {Quantity.Short(plan.TrainableParameters)} trained "
        + $"({Quantity.Percent((double)plan.TrainableParameters / plan.Parameters)}); "
        + $"{Quantity.Count(plan.Rows - plan.DroppedRows)} rows, {Quantity.Short(plan.TokensPerEpoch)} tokens, "
        + $"{Quantity.Count(plan.Steps)} steps; seed {options.Training.Seed}; "
        + $"weights {plan.WeightDType}, products {plan.ProductDType}";

    /// <summary>What the recipe does, such as <c>LoRA of rank 16 on models/tiny-docs</c>.</summary>
    public static string Method(RecipeOptions options) => options switch
    {
        { Training.Samples: true, Adapter: { } lora } => $"GRPO by LoRA of rank {lora.Rank} on {options.Model.Base}",
        { Training.Samples: true } => $"GRPO of all weights of {options.Model.Base}",
        { Adapter: { } lora } => $"LoRA of rank {lora.Rank} on {options.Model.Base}",
        { Training.Method: TrainingMethod.Pretrain, Model.Initialization: ModelInitialization.Random } =>
            $"pretraining of {options.Model.Base} from random weights",
        { Training.Method: TrainingMethod.Pretrain } => $"further pretraining of {options.Model.Base}",
        _ => $"full fine-tuning of {options.Model.Base}",
    };
}
