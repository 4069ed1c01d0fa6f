using FineTune.Models;
using FineTune.Recipes;

namespace FineTune.Training.Optimizers;

/// <summary>The optimizer that a recipe asks for.</summary>
internal static class OptimizerChoice
{
    private const double MuonMomentum = 0.95;

    /// <summary>Makes it, over the recipe's groups.</summary>
    public static Optimizer Of(IEnumerable<Parameter> parameters, RecipeOptions recipe)
    {
        var options = recipe.Training;
        var groups = ParameterGroup.Of(parameters, options, recipe.LearningRate);
        var (beta1, beta2, epsilon, momentum) = (options.Beta1, options.Beta2, options.Epsilon, options.Momentum ?? 0);
        return options.Optimizer switch
        {
            OptimizerKind.Adam => new Adam(groups, beta1, beta2, epsilon),
            OptimizerKind.Sgd => new Sgd(groups, momentum, dampening: 0, options.Nesterov),
            OptimizerKind.RmsProp => new RmsProp(groups, RmsProp.DefaultSmoothing, epsilon, momentum, centered: false),
            OptimizerKind.Adagrad => new Adagrad(groups, learningRateDecay: 0, initialAccumulator: 0, epsilon),
            OptimizerKind.Adafactor => new Adafactor(groups, new AdafactorSettings()),
            OptimizerKind.Lion => new Lion(groups, beta1, beta2),
            OptimizerKind.Muon => new Muon(groups, options.Momentum ?? MuonMomentum, matchAdamW: true, Muon.IsMatrixOfBlock, beta1, beta2, epsilon),
            OptimizerKind.ScheduleFreeAdamW => new ScheduleFreeAdamW(groups, beta1, beta2, epsilon),
            _ => new AdamW(groups, beta1, beta2, epsilon),
        };
    }
}
