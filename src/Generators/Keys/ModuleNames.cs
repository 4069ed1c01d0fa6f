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
        var last = target.Substring(target.LastIndexOf('.') + 1);
        if (Known.Contains(last))
            return null;
        var near = Suggestion.Nearest(target, Known.Prepend(AllLinear)) ?? (target is "all" or "linear" or "*" ? AllLinear : null);
        var advice = near is null ? $"known are {AllLinear}, {string.Join(", ", Known)}." : $"did you mean '{near}'?";
        return new(KeyCodes.UnknownTarget, $"No module is called {KeyText.Quote(target)}; {advice}");
    }
}
