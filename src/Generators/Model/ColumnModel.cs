using FineTune.Keys;

namespace FineTune.Model;

/// <summary>A column of a row.</summary>
/// <param name="Property">The property that it becomes.</param>
/// <param name="Parameter">The constructor's parameter that takes it, or <see langword="null"/> if it is set in the initializer.</param>
/// <param name="Value">What it is.</param>
/// <param name="Names">The names that it has in data; the first is shown in messages.</param>
internal sealed record ColumnModel(string Property, string? Parameter, ValueModel Value, EquatableArray<string> Names);
