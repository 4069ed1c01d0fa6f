using FineTune.Model;

namespace FineTune.Checking;

/// <summary>A column of one of the field's shapes.</summary>
/// <param name="Name">Its name in data, in snake_case.</param>
/// <param name="Required">Whether every row has it.</param>
/// <param name="Types">What it may be; the first is what is read where the recipe brings no row type.</param>
internal sealed record ShapeColumn(string Name, bool Required, params ColumnType[] Types);
