using FineTune.Keys;

namespace FineTune.Model;

/// <summary>A key and its value.</summary>
/// <param name="Path">The key's whole name.</param>
/// <param name="Value">Its value.</param>
internal sealed record Setting(string Path, KeyValue Value);
