using FineTune.Models;

namespace FineTune.Training.Optimizers;

/// <summary>Parameters that an optimizer treats alike.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="RateFactor">Multiplies the learning rate.</param>
/// <param name="WeightDecay">λ.</param>
internal sealed record ParameterGroup(IReadOnlyList<Parameter> Parameters, double RateFactor, double WeightDecay)
{
    /// <summary>The groups of a recipe: decay only where it belongs, and with LoRA+ a rate of its own for B.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="options">The recipe's training part.</param>
    /// <param name="learningRate">The peak rate.</param>
    public static IReadOnlyList<ParameterGroup> Of(IEnumerable<Parameter> parameters, Recipes.TrainingOptions options, double learningRate) =>
    [
        .. parameters.GroupBy(parameter => (Rate: RateOf(parameter, options, learningRate), Decay: DecayOf(parameter, options)))
            .Select(group => new ParameterGroup([.. group], group.Key.Rate, group.Key.Decay)),
    ];

    /// <summary>Whether transformers lets a parameter decay: biases and norms do not.</summary>
    public static bool Decays(string name) => !IsBias(name)
        && !name.Split('.').Any(part => part == "norm" || part.EndsWith("_norm", StringComparison.Ordinal)
            || part.Contains("layernorm", StringComparison.OrdinalIgnoreCase) || part.Contains("rmsnorm", StringComparison.OrdinalIgnoreCase));

    private static bool IsBias(string name) => name.EndsWith(".bias", StringComparison.Ordinal);

    // LoRA+ (Hayou et al. 2024) as PEFT groups it: B and all that has one dimension, with its own rate for an embedding's factors.
    private static double RateOf(Parameter parameter, Recipes.TrainingOptions options, double learningRate)
    {
        if (options.LoraplusLrRatio is not { } ratio)
            return 1;
        if (parameter.Name.Contains(".lora_embedding_", StringComparison.Ordinal))
            return options.LoraplusLrEmbedding / learningRate;
        return parameter.Name.Contains("lora_B", StringComparison.Ordinal) || parameter.Value.dim() == 1 ? ratio : 1;
    }

    // PEFT's grouping for LoRA+ takes RMSNorm for no norm.
    private static double DecayOf(Parameter parameter, Recipes.TrainingOptions options) =>
        (options.LoraplusLrRatio is null ? Decays(parameter.Name) : !IsBias(parameter.Name)) ? options.WeightDecay : 0;
}
