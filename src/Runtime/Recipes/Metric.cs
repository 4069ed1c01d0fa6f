namespace FineTune.Recipes;

/// <summary>A measure of a model on held-out rows.</summary>
public enum Metric
{
    /// <summary>exp of the mean negative log-likelihood of the trained tokens.</summary>
    Perplexity,

    /// <summary>ROUGE-1 F1 of greedy completions (Lin 2004).</summary>
    Rouge1,

    /// <summary>ROUGE-2 F1 of greedy completions.</summary>
    Rouge2,

    /// <summary>ROUGE-L F1 of greedy completions: the longest common subsequence.</summary>
    RougeL,

    /// <summary>ROUGE-Lsum F1 of greedy completions: per line, union of the longest common subsequences.</summary>
    RougeLsum,
}
