namespace FineTune.Facts;

/// <summary>What the runtime can load, for the build to know it too.</summary>
internal static class SupportedModels
{
    /// <summary>The values of <c>model_type</c>.</summary>
    public static readonly IReadOnlyList<string> Types = ["llama"];
}
