namespace FineTune.Keys;

/// <summary>The modules that an adapter may target.</summary>
internal static class ModuleNames
{
    /// <summary>Every linear layer but the output head.</summary>
    public const string AllLinear = "all-linear";

    /// <summary>The names of the Llama family and its many relatives.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj", "lm_head", "embed_tokens",
    ];

    /// <summary>
    /// Checks a target as PEFT reads it: equal to a module's path, or to its end after a dot. Only its last component can be
    /// known without the model.
    /// </summary>
    public static KeyProblem? Check(string target)
    {
        if (target == AllLinear)
            return null;
        if (target.Any(char.IsWhiteSpace) || target.Contains(';'))
            return new(KeyCodes.SeveralTargets, $"{KeyText.Quote(target)} is taken for one name; separate the names by commas.");
        if (target.IndexOfAny(['*', '|', '^', '$', '(', '[', '\\', '?', '+']) >= 0 && target is not "*")
            return new(KeyCodes.TargetPattern, $"{KeyText.Quote(target)} is a pattern, but a target is a module's name or the end of its path; write it as 'target_pattern', which matches whole paths, or name the modules.");
        if (WeightOf(target) is { } module)
            return new(KeyCodes.TargetWeight, $"{KeyText.Quote(target)} is a weight, but a target is a module; write {KeyText.Quote(module)}.") { Original = target, Replacement = module };
        var last = target.Substring(target.LastIndexOf('.') + 1);
        if (last.EndsWith("norm", StringComparison.Ordinal) || last.EndsWith("layernorm", StringComparison.Ordinal))
            return new(KeyCodes.NoLinearTarget, $"{KeyText.Quote(target)} is a norm, and adapters are put on linear layers and the embedding; remove it, or train it whole by 'modules_to_save'.");
        if (Known.Contains(last))
            return null;
        var near = Suggestion.Nearest(target, Known.Prepend(AllLinear)) ?? (target is "all" or "linear" or "*" ? AllLinear : null);
        var advice = near is null ? $"known are {AllLinear}, {string.Join(", ", Known)}." : $"did you mean '{near}'?";
        return new(KeyCodes.UnknownTarget, $"No module is called {KeyText.Quote(target)}; {advice}") { Original = target, Replacement = near };
    }

    private static string? WeightOf(string target)
    {
        foreach (var suffix in new[] { ".weight", ".bias", ".lora_A", ".lora_B", ".base_layer" })
        {
            if (target.EndsWith(suffix, StringComparison.Ordinal))
                return target.Substring(0, target.Length - suffix.Length);
        }

        return null;
    }
}
