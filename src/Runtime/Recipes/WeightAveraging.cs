namespace FineTune.Recipes;

/// <summary>Averages of the weights over steps, which become the result.</summary>
public enum WeightAveraging
{
    /// <summary>None: the result is the weights after the last step.</summary>
    None,

    /// <summary>An exponential moving average.</summary>
    Ema,

    /// <summary>The mean over the last steps.</summary>
    Last,

    /// <summary>The mean over every so many steps from one on (stochastic weight averaging, Izmailov et al. 2018).</summary>
    Swa,
}
