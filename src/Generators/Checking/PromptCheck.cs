using FineTune.Facts;
using FineTune.Facts.Rules;
using FineTune.Keys;
using FineTune.Reading;

namespace FineTune.Checking;

/// <summary>Checks a prompt's fields against the columns of the data, where the recipe brings no row type of its own.</summary>
internal static class PromptCheck
{
    public static IEnumerable<FactProblem> Check(EquatableArray<PromptTemplatePiece> prompt, DataFacts train, IReadOnlyList<DataFacts> tests)
    {
        var fields = prompt.Where(piece => piece.IsField).GroupBy(piece => piece.Text, StringComparer.Ordinal).ToList();
        foreach (var field in fields.Select(group => group.Key))
        {
            if (CheckField(field, train) is { } problem)
            {
                yield return problem;
                continue;
            }

            if (tests.FirstOrDefault(test => test.Columns.All(column => column.Name != field)) is { } test)
                yield return At(field, FactCodes.TestLacksColumn, $"The column {KeyText.Quote(field)} is in {KeyText.Quote(train.Name)}, but not in {KeyText.Quote(test.Name)}; add it there.");
        }

        var completions = fields.Where(group => group.Any(piece => piece.Trained)).Select(group => group.Key).ToList();
        foreach (var problem in CheckValues(fields.Select(group => group.Key).Where(field => CheckField(field, train) is null), completions, train).Concat(CheckShape(completions, train)))
            yield return problem;
        var unused = train.Columns.Select(column => column.Name).Except(fields.Select(group => group.Key)).ToList();
        if (unused.Count > 0)
            yield return new(DataKeys.Prompt, FactCodes.UnusedColumns, $"The prompt does not use {KeyText.List(unused)} of {KeyText.Quote(train.Name)}.");
    }

    private static FactProblem? CheckField(string field, DataFacts data)
    {
        var column = data.Columns.FirstOrDefault(column => column.Name == field);
        if (column is null)
        {
            var names = data.Columns.Select(candidate => candidate.Name).ToList();
            var near = Suggestion.Nearest(field, names);
            return At(field, FactCodes.UnknownColumn, $"{KeyText.Quote(data.Name)} has no column {KeyText.Quote(field)}; {(near is null ? $"it has {KeyText.List(names)}." : $"did you mean '{near}'?")}");
        }

        if (column.Kind == ColumnKind.Mixed)
        {
            return At(
                field, FactCodes.MixedColumn,
                $"The column {KeyText.Quote(field)} of {KeyText.Quote(data.Name)} is {ColumnFacts.Describe(column.Conflict.Before)} at first, but {ColumnFacts.Describe(column.Conflict.There)} in {data.Row(column.ConflictRow ?? 0)}; give it one type.");
        }

        return column.Kind is ColumnKind.Object or ColumnKind.List or ColumnKind.Opaque
            ? At(field, FactCodes.NestedField, $"The column {KeyText.Quote(field)} of {KeyText.Quote(data.Name)} is {column.Description}, but a field of a prompt is a text, a number or a boolean; take one that is.")
            : null;
    }

    private static IEnumerable<FactProblem> CheckValues(IEnumerable<string> fields, List<string> completions, DataFacts data)
    {
        foreach (var column in fields.Select(field => data.Columns.FirstOrDefault(column => column.Name == field)).OfType<ColumnFacts>())
        {
            var none = Least(column.NullRow, column.MissingRow);
            var isOnlyCompletion = completions.Count == 1 && completions[0] == column.Name;
            if (isOnlyCompletion && Least(none, column.EmptyRow) is { } empty)
                yield return At(column.Name, FactCodes.EmptyCompletion, $"The column {KeyText.Quote(column.Name)} is empty in {data.Row(empty)} of {KeyText.Quote(data.Name)}, so that this row has nothing to learn; remove such rows.");
            else if (none is { } row)
                yield return At(column.Name, FactCodes.NullInPrompt, $"The column {KeyText.Quote(column.Name)} has no value in {data.Row(row)} of {KeyText.Quote(data.Name)}; the prompt has nothing in its place there.");
        }
    }

    private static IEnumerable<FactProblem> CheckShape(List<string> completions, DataFacts data)
    {
        var shape = DataShapes.Of(data);
        if (shape == DataShape.Preference && completions.Contains("rejected"))
            yield return At("rejected", FactCodes.OtherShape, $"The rows of {KeyText.Quote(data.Name)} are preferences: 'rejected' is what the model should not write, and would be learned; take 'chosen'.");
        if (shape == DataShape.Labelled && completions.Contains("completion"))
            yield return At("completion", FactCodes.OtherShape, $"The rows of {KeyText.Quote(data.Name)} are labelled: completions whose 'label' is false would be learned as well; leave these rows out.");
    }

    private static long? Least(long? first, long? second) => first is null ? second : second is null ? first : Math.Min(first.Value, second.Value);

    private static FactProblem At(string field, string code, string message) => new(DataKeys.Prompt, code, message, field);
}
