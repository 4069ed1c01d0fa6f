using System.Text.Json;

namespace FineTune.Recipes;

/// <summary>Reads the columns of a row; generated row readers call it, so that every recipe reports wrong columns alike.</summary>
public static class RowColumn
{
    /// <summary>Reads a string.</summary>
    /// <param name="reader">Stands at the column's value.</param>
    /// <param name="column">The column's name, for the message.</param>
    /// <exception cref="RowException">The value is not a string.</exception>
    public static string ReadString(ref Utf8JsonReader reader, string column) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Unexpected(reader.TokenType, column, "a string");

    /// <summary>Reads a string or null.</summary>
    /// <inheritdoc cref="ReadString"/>
    public static string? ReadNullableString(ref Utf8JsonReader reader, string column) =>
        reader.TokenType == JsonTokenType.Null ? null : ReadString(ref reader, column);

    /// <summary>Reads an integer.</summary>
    /// <inheritdoc cref="ReadString"/>
    public static long ReadInt64(ref Utf8JsonReader reader, string column) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)
            ? value
            : throw Unexpected(reader.TokenType, column, "an integer");

    /// <summary>Reads a 32-bit integer.</summary>
    /// <inheritdoc cref="ReadString"/>
    public static int ReadInt32(ref Utf8JsonReader reader, string column) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value)
            ? value
            : throw Unexpected(reader.TokenType, column, "a 32-bit integer");

    /// <summary>Reads a number.</summary>
    /// <inheritdoc cref="ReadString"/>
    public static double ReadDouble(ref Utf8JsonReader reader, string column) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : throw Unexpected(reader.TokenType, column, reader.TokenType == JsonTokenType.Number ? "a number that a double can hold" : "a number");

    /// <summary>Reads a boolean.</summary>
    /// <inheritdoc cref="ReadString"/>
    public static bool ReadBoolean(ref Utf8JsonReader reader, string column) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected(reader.TokenType, column, "true or false"),
    };

    /// <summary>Checks that an object begins, whose properties the caller then reads.</summary>
    /// <inheritdoc cref="ReadString"/>
    public static void ReadObject(ref Utf8JsonReader reader, string column)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Unexpected(reader.TokenType, column, "an object");
    }

    /// <summary>Reads a list.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="reader">Stands at the column's value.</param>
    /// <param name="column">The column's name, for the message.</param>
    /// <param name="readItem">Reads an item.</param>
    /// <exception cref="RowException">The value is not a list, or an item is wrong.</exception>
    public static List<T> ReadList<T>(ref Utf8JsonReader reader, string column, ColumnReader<T> readItem)
    {
        ArgumentNullException.ThrowIfNull(readItem);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Unexpected(reader.TokenType, column, "a list");
        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(readItem(ref reader));
        return items;
    }

    /// <summary>The exception for a column that the row lacks.</summary>
    public static RowException Missing(string column) => new($"The row has no column '{column}'.", column);

    private static RowException Unexpected(JsonTokenType found, string column, string wanted) =>
        new($"Column '{column}' must be {wanted}, but is {JsonKind.Describe(found)}.");
}
