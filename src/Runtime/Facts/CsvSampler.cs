using FineTune.Data.Files;
using FineTune.Recipes;

namespace FineTune.Facts;

/// <summary>
/// Tells what the texts of separated values stand for. A column is of numbers or booleans only if every field has the one form
/// that such a value is shown in, so that a prompt has the text of the file.
/// </summary>
internal static class CsvSampler
{
    private const int MostColumns = 512;

    public static DataFacts Read(Stream text, char separator, string path, int mostRows, bool isCut)
    {
        using var reader = new CsvReader(text, separator, path);
        var rows = new List<(int Line, List<string> Fields)>();
        var header = new List<string>();
        var isComplete = !isCut;
        try
        {
            header = CsvFile.ReadHeader(reader, path) ?? [];
            while (CsvFile.ReadRow(reader, header, path) is { } fields)
            {
                if (rows.Count == mostRows)
                {
                    isComplete = false;
                    break;
                }

                rows.Add((reader.Line, fields));
            }
        }
        catch (FineTuneException) when (isCut && text.Position == text.Length)
        {
            // The last row of what is looked at may be cut within a text. Of rows that are whole, the error comes when all are read.
        }

        if (isCut && !isComplete && rows.Count is > 0 and var count && count < mostRows)
            rows.RemoveAt(rows.Count - 1);
        var columns = header.Take(MostColumns).Select((name, i) => Describe(name, rows.Select(row => (row.Line, row.Fields[i])).ToList()));
        return new DataFacts { Name = "", Rows = rows.Count, IsComplete = isComplete, Columns = new(columns) };
    }

    private static ColumnFacts Describe(string name, List<(int Line, string Text)> fields)
    {
        var filled = fields.Where(field => field.Text.Length > 0).ToList();
        var kind = filled.Count == 0 ? ColumnKind.Null
            : All(TextColumnType.Integer) ? ColumnKind.Integer
            : filled.TrueForAll(field => TextValue.IsShownAsWritten(field.Text)) ? ColumnKind.Number
            : All(TextColumnType.Boolean) ? ColumnKind.Boolean
            : ColumnKind.String;
        long? empty = fields.Where(field => field.Text.Length == 0).Select(field => (long?)field.Line).FirstOrDefault();
        return kind == ColumnKind.String ? new(name, kind) { EmptyRow = empty } : new(name, kind) { NullRow = empty };

        bool All(TextColumnType type) => filled.TrueForAll(field => TextValue.Fits(field.Text, type));
    }
}
