namespace FineTune.Keys;

/// <summary>Checks values against each other. Giving a key its default is as good as leaving it out.</summary>
internal static class KeyRules
{
    /// <summary>The mistakes of a whole recipe, each with the key at which it shows.</summary>
    public static IEnumerable<(Key Key, KeyProblem Problem)> Check(KeySettings settings, KeySurface surface) =>
        from key in KeyTable.All
        let problem = Check(settings, key, surface)
        where problem is not null
        select (key, problem);

    /// <summary>The mistake in giving a key beside the others.</summary>
    public static KeyProblem? Check(KeySettings settings, Key key, KeySurface surface) =>
        !settings.Changes(key)
            ? null
            : CheckExclusive(settings, key, surface)
                ?? key.Needs.Select(need => CheckNeed(settings, key, need, surface)).FirstOrDefault(problem => problem is not null);

    // Of two keys that exclude each other, the later one in the table is told.
    private static KeyProblem? CheckExclusive(KeySettings settings, Key key, KeySurface surface)
    {
        var other = key.Excludes.Select(KeyTable.Get).FirstOrDefault(settings.Changes);
        if (other is null || KeyTable.All.TakeWhile(candidate => candidate != other).Contains(key))
            return null;
        var (first, second) = (KeyText.Name(other, surface), KeyText.Name(key, surface));
        return new(KeyCodes.ExclusiveKeys, $"{second} and {first} exclude each other; keep one of them.");
    }

    private static KeyProblem? CheckNeed(KeySettings settings, Key key, KeyNeed need, KeySurface surface)
    {
        var other = KeyTable.Get(need.Path);
        var value = settings.Effective(other);
        var (name, otherName) = (KeyText.Name(key, surface), KeyText.Name(other, key, surface));
        var code = CodeOf(key, need);
        if (need.Or is { } alternative && settings.Changes(KeyTable.Get(alternative)))
            return null;
        if (need.Values.Length == 0)
            return value is null ? new(code, $"{name} means nothing without {otherName}; add that, or remove this.") : null;
        if (value is not KeyValue.Text text || need.Values.Contains(text.Value))
            return null;

        // Where nearly every value would do, naming them all helps no one.
        var preferred = need.Advice.FirstOrDefault(advice => advice.Given == text.Value).Preferred;
        var wanted = preferred is not null ? $"set {otherName} to {KeyText.Name(preferred, other, surface)}"
            : need.Values.Length > other.Choices.Length / 2 ? $"choose another {otherName}"
            : $"set {otherName} to {KeyText.Alternatives(need.Values.Select(choice => KeyText.Name(choice, other, surface)))}";
        return new(code, $"{name} is not read where {otherName} is {KeyText.Name(text.Value, other, surface)}; remove it, or {wanted}.");
    }

    // What is missing, and so what to do about it, differs from need to need.
    private static string CodeOf(Key key, KeyNeed need) => need.Path switch
    {
        "adapter.kind" => KeyCodes.NoAdapter,
        "training.batch_size" => KeyCodes.NoRowsInABatch,
        "training.schedule" when key.Path == "training.warmup_steps" => KeyCodes.NoWarmup,
        "training.schedule" when key.Path == "training.min_lr_rate" => KeyCodes.NoMinimum,
        "data.test" => KeyCodes.NoTestRows,
        "evaluation.metrics" => KeyCodes.NoMetrics,
        "training.eval_steps" => KeyCodes.NoEvaluations,
        _ => KeyCodes.UnreadKey,
    };
}
