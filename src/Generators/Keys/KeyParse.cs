namespace FineTune.Keys;

/// <summary>What the text of a value says: the value, or the mistake in it; neither where it says that there is none.</summary>
internal readonly record struct KeyParse(KeyValue? Value, KeyProblem? Problem)
{
    /// <summary>The text is <c>null</c>, which leaves the key out.</summary>
    public static KeyParse None => default;

    public static implicit operator KeyParse(KeyValue value) => new(value, null);

    public static implicit operator KeyParse(KeyProblem problem) => new(null, problem);
}
