namespace FineTune.Keys;

/// <summary>The keys of <c>evaluation</c>.</summary>
internal static class EvaluationKeys
{
    public static readonly KeySection Section = new(
        "evaluation", ["Evaluate"], "Evaluation", "What is measured on the test rows, for the base and the tuned model.")
    {
        ListKey = "metrics",
        Synonyms = ["eval", "evaluate", "metrics", "metric_list", "validation"],
    };

    public static readonly Key Metrics = new(
        Section, "metrics", "Metrics", KeyType.ChoiceList, "The metrics; a list in place of the section is this key alone.")
    {
        Absent = "nothing is measured",
        Positional = true,
        CSharpType = "Metric",
        Needs = [new("data.test") { Or = "data.test_size" }],
        Choices =
        [
            new("perplexity", "Perplexity", "exp of the mean negative log-likelihood of the trained tokens", "ppl", "loss"),
            new("rouge1", "Rouge1", "ROUGE-1 F1 of greedy completions (Lin 2004)", "rouge-1", "rouge_1"),
            new("rouge2", "Rouge2", "ROUGE-2 F1 of greedy completions", "rouge-2", "rouge_2"),
            new("rougeL", "RougeL", "ROUGE-L F1 of greedy completions: the longest common subsequence", "rouge", "rouge-l", "rouge_l"),
            new("rougeLsum", "RougeLsum", "ROUGE-Lsum F1 of greedy completions: by lines, union of the longest common subsequences", "rouge-lsum", "rouge_lsum"),
        ],
        Synonyms = ["metric", "metric_list", "eval_causal_lm_metrics"],
    };

    public static readonly Key Rows = new(Section, "rows", "Rows", KeyType.Integer, "The most test rows that are measured, at the end and during training.")
    {
        Default = new KeyValue.Integer(200),
        Range = KeyRange.AtLeast(1),
        Unit = "rows",
        Needs = [new("data.test") { Or = "data.test_size" }],
        Synonyms = ["limit", "max_samples", "max_eval_samples", "num_generation_samples", "num_samples", "samples"],
    };

    public static readonly Key MaxNewTokens = new(
        Section, "max_new_tokens", "MaxNewTokens", KeyType.Integer, "The most tokens that are generated for a row.")
    {
        Default = new KeyValue.Integer(64),
        Range = KeyRange.AtLeast(1),
        Unit = "tokens",
        Needs = [new("evaluation.metrics")],
        Synonyms = ["generation_max_new_tokens", "eval_max_new_tokens", "max_tokens", "max_gen_length"],
    };

    public static readonly Key[] All = [Metrics, Rows, MaxNewTokens];
}
