using FineTune.Diagnostics;

namespace FineTune.Reading;

/// <summary>Where a recipe gives a value.</summary>
/// <param name="Key">The key's whole name, or the name of a section.</param>
/// <param name="Item">An item of the key's list, or the field of the prompt with its offset; empty: the value as a whole.</param>
/// <param name="Location">The place.</param>
internal sealed record SettingPlace(string Key, string Item, LocationInfo Location);
