namespace FineTune.Recipes;

/// <summary>What a training run teaches.</summary>
public enum TrainingMethod
{
    /// <summary>Supervised fine-tuning: the loss is on the completions.</summary>
    Sft,

    /// <summary>Pretraining: the loss is on every token; documents longer than the context are split.</summary>
    Pretrain,

    /// <summary>Group relative policy optimization: rewards judge completions that the model samples.</summary>
    Grpo,
}
