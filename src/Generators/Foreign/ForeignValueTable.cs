using FineTune.Keys;

namespace FineTune.Foreign;

/// <summary>Values of other tools that have no equivalent. Mere other names are the choices' <see cref="KeyChoice.Synonyms"/>.</summary>
internal static class ForeignValueTable
{
    private const string Methods = "there is no training on preferences; the nearest are 'sft' on the preferred answers, and 'grpo' where a reward can be computed";

    public static readonly IReadOnlyList<ForeignValue> All =
    [
        new("model.dtype", "float16 fp16 half f16 16-true 16-mixed torch.float16", "16-bit floating point overflows in training; write 'bfloat16'"),
        new("model.dtype", "int8 int4 nf4 fp4 4bit 8bit 4 8 bnb* q4* q8*", "base weights are not quantized; 'bfloat16' takes the least memory"),
        new("model.dtype", "fp8 float8*", "8-bit floating point is not supported; the nearest is 'bfloat16'"),
        new("model.dtype", "float64 fp64 double", "double precision is not supported; the nearest is 'float32'"),
        new("adapter.kind", "qlora", "base weights are not quantized; write 'lora', and 'dtype: bfloat16' in 'model'"),
        new("adapter.kind", "freeze", "freezing parts of a model is not supported; the nearest is 'lora' with 'targets'"),
        new("adapter.kind", "adalora ia3 loha lokr vera oft boft prefix prompt p_tuning prefix_tuning prompt_tuning llama-adapter adapter galore", "LoRA is the one kind of adapter; write 'lora'"),
        new("training.method", "dpo ipo kto orpo simpo cpo rm reward ppo rloo gdpo ebft", Methods),
        new("training.method", "gkd distillation distill", "there is no distillation; the nearest is 'sft' on the teacher's answers"),
        new("training.schedule", "reduce_lr_on_plateau one_cycle cyclic step exponential rex jagged_cosine greedy cosine_annealing_warm_restarts", "'cosine' and 'warmup_stable_decay' come nearest"),
        new("data.type", "input_output", "rows of segments are not read; write 'prompt' with a field for each column, or rewrite the rows as 'messages'"),
        new("data.type", "gpteacher jeopardy oasst reflection summarizetldr explainchoice concisechoice creative_acr context_qa metharme pygmalion user_defined alpaca_chat* alpaca_w_system*", "write 'prompt' with the columns that your rows have"),
        new("data.type", "stepwise_supervised bradley_terry* orpo* ipo* user_defined.default", Methods),
        new("data.overlong", "truncate_middle middle pad", "'truncate_end', 'truncate_start' and 'split' come nearest"),
        new("evaluation.metrics", "accuracy f1 exact_match em mcc precision recall", "classes are not predicted; 'rouge1' of short completions comes nearest, or a metric of your own by Metrics in the recipe's partial class"),
        new("evaluation.metrics", "bertscore bleurt comet meteor bleu sacrebleu chrf ter", "'rougeL' comes nearest, or a metric of your own by Metrics in the recipe's partial class"),
    ];

    /// <summary>The answer to a value, or <see langword="null"/> if no tool is known to have it.</summary>
    public static string? Explain(Key key, string value) =>
        All.FirstOrDefault(row => row.Key == key.Path && row.Values.Split(' ').Any(candidate => Matches(candidate, value)))?.Answer;

    private static bool Matches(string candidate, string value) =>
        candidate[candidate.Length - 1] == '*'
            ? value.StartsWith(candidate.Substring(0, candidate.Length - 1), StringComparison.OrdinalIgnoreCase)
            : Suggestion.Same(candidate, value);
}
