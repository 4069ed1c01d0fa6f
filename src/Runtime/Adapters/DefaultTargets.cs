namespace FineTune.Adapters;

/// <summary>The targets of adapter folders that name none: PEFT's table by model type.</summary>
internal static class DefaultTargets
{
    /// <summary>The names of a model type's modules; null if PEFT has no default for it either.</summary>
    public static IReadOnlyList<string>? Of(string modelType) => modelType switch
    {
        "llama" => ["q_proj", "v_proj"],
        _ => null,
    };
}
