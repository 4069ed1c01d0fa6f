using FineTune.Model;

namespace FineTune.Emit;

/// <summary>Writes the types of columns and the expressions that read them.</summary>
internal static class ValueText
{
    public const string Columns = "global::FineTune.Recipes.RowColumn";
    private const string ChatColumns = "global::FineTune.Recipes.ChatColumn";
    private const string Message = "global::FineTune.Prompts.ChatMessage";
    private const string Reader = "global::System.Text.Json.Utf8JsonReader";

    /// <summary>The type of a value that is not null.</summary>
    public static string TypeName(ValueModel value) => value.Type switch
    {
        ColumnType.Int32 => "int",
        ColumnType.Int64 => "long",
        ColumnType.Double => "double",
        ColumnType.Boolean => "bool",
        ColumnType.Record => value.Record!.TypeName,
        ColumnType.Messages => $"global::System.Collections.Generic.IReadOnlyList<{Message}>",
        ColumnType.Tools => "global::System.Text.Json.JsonElement",
        ColumnType.TextOrMessages => "global::FineTune.Prompts.TextOrMessages",
        ColumnType.List => (value.IsArray ? "" : "global::System.Collections.Generic.IReadOnlyList<") + NullableTypeName(value.Item!) + (value.IsArray ? "[]" : ">"),
        _ => "string",
    };

    /// <summary>The type of a variable for it: of lists the one that reading gives, which every list's declared type takes.</summary>
    public static string LocalTypeName(ValueModel value) => value is { Type: ColumnType.List, IsArray: false }
        ? $"global::System.Collections.Generic.List<{LocalTypeName(value.Item!)}{(value.Item!.Optional ? "?" : "")}>"
        : value.Type == ColumnType.Messages ? $"global::System.Collections.Generic.List<{Message}>"
        : TypeName(value);

    /// <summary>The type with its <c>?</c> where it may be null.</summary>
    public static string NullableTypeName(ValueModel value) => TypeName(value) + (value.Optional ? "?" : "");

    /// <summary>The expression that reads a value at which <paramref name="reader"/> stands.</summary>
    /// <param name="value">The value.</param>
    /// <param name="column">How messages call it.</param>
    /// <param name="method">The name of the method that reads it, if it is an object, and its beginning if one is within it.</param>
    /// <param name="reader">The reader's name.</param>
    public static string Read(ValueModel value, string column, string method, string reader)
    {
        var name = SourceWriter.Literal(column);
        if (value.Optional && value.Type == ColumnType.String)
            return $"{Columns}.ReadNullableString(ref {reader}, {name})";
        var read = value.Type switch
        {
            ColumnType.Messages => ReadMessages(value.Messages, name, reader),
            ColumnType.Tools or ColumnType.TextOrMessages => $"{ChatColumns}.Read{value.Type}(ref {reader}, {name})",
            ColumnType.Record => $"{method}(ref {reader})",
            ColumnType.List => $"{Columns}.ReadList(ref {reader}, {name}, static (ref {Reader} item) => {Read(value.Item!, column + "[]", method, "item")}){(value.IsArray ? ".ToArray()" : "")}",
            _ => $"{Columns}.Read{value.Type}(ref {reader}, {name})",
        };
        // An item's type is told by what the lambda returns.
        var none = reader == "item" ? $"({LocalTypeName(value)}?)null" : "null";
        return value.Optional ? $"{reader}.TokenType == global::System.Text.Json.JsonTokenType.Null ? {none} : {read}" : read;
    }

    private static string ReadMessages(MessageFields? fields, string name, string reader) =>
        fields is null
            ? $"{ChatColumns}.ReadMessages(ref {reader}, {name})"
            : $"{ChatColumns}.Read{(fields.IsShareGpt ? "ShareGpt" : "Messages")}(ref {reader}, {name}, {SourceWriter.Literal(fields.Role)}, {SourceWriter.Literal(fields.Content)})";
}
