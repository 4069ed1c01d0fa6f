using System.Globalization;

namespace FineTune.App.Import;

/// <summary>A value of another tool's configuration.</summary>
/// <param name="Text">The scalar; null for a list or a mapping, or where there is no value.</param>
/// <param name="Items">The items of a list.</param>
/// <param name="Entries">The entries of a mapping, in order.</param>
internal sealed record ConfigurationNode(
    string? Text, IReadOnlyList<ConfigurationNode> Items, IReadOnlyList<KeyValuePair<string, ConfigurationNode>> Entries)
{
    /// <summary>Whether the value says that there is nothing: null, false, none, 0, or an empty list or mapping.</summary>
    public bool IsNothing => Items.Count == 0 && Entries.Count == 0
        && (Text is null || Text.Trim().ToLowerInvariant() is "" or "null" or "~" or "none" or "false" or "no" or "off" or "0" or "0.0");

    /// <summary>Whether it is a boolean that is on.</summary>
    public bool IsTrue => Text?.Trim().ToLowerInvariant() is "true" or "yes" or "on";

    /// <summary>The number, or null.</summary>
    public double? Number =>
        double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>The value of an entry, or null.</summary>
    public ConfigurationNode? this[string name] => Entries.FirstOrDefault(entry => entry.Key == name).Value;

    /// <summary>The names that a list of scalars, or a scalar with commas, has.</summary>
    public IReadOnlyList<string> Names =>
        [.. (Items.Count > 0 ? Items.Select(item => item.Text ?? "") : (Text ?? "").Split(',')).Select(item => item.Trim()).Where(item => item.Length > 0)];
}
