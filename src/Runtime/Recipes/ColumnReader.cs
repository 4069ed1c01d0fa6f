using System.Text.Json;

namespace FineTune.Recipes;

/// <summary>Reads one value of a column; generated row readers give it to <see cref="RowColumn"/> for the items of lists.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="reader">Stands at the value; is left at its end.</param>
public delegate T ColumnReader<out T>(ref Utf8JsonReader reader);
