namespace FineTune.Evaluation;

/// <summary>The ROUGE scores of a prediction (Lin 2004).</summary>
/// <param name="Rouge1">Common words.</param>
/// <param name="Rouge2">Common pairs of words.</param>
/// <param name="Rouge3">Common triples of words.</param>
/// <param name="RougeL">The longest common subsequence of words; lines are ignored.</param>
/// <param name="RougeLsum">For each line of the reference the union of its longest common subsequences with the lines of the prediction.</param>
public sealed record RougeScores(RougeScore Rouge1, RougeScore Rouge2, RougeScore Rouge3, RougeScore RougeL, RougeScore RougeLsum);
