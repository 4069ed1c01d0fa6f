namespace FineTune.Keys;

/// <summary>A value of a <see cref="KeyType.Choice"/> or <see cref="KeyType.ChoiceList"/> key.</summary>
/// <param name="Name">Its name in YAML.</param>
/// <param name="CSharpName">Its name in the enumeration <see cref="Key.CSharpType"/>.</param>
/// <param name="Summary">What it means.</param>
/// <param name="Synonyms">What other tools call it; understood only to suggest <paramref name="Name"/>.</param>
internal sealed record KeyChoice(string Name, string CSharpName, string Summary, params string[] Synonyms);
