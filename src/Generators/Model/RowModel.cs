using FineTune.Keys;

namespace FineTune.Model;

/// <summary>The type that a row, or an object nested in one, is read into.</summary>
/// <param name="TypeName">Its name as generated code writes it.</param>
/// <param name="Generated">Whether the generator writes the type too.</param>
/// <param name="Columns">The columns read, in the order of the constructor's parameters and then of declaration.</param>
internal sealed record RowModel(string TypeName, bool Generated, EquatableArray<ColumnModel> Columns);
