using FineTune.Facts;
using FineTune.Keys;
using FineTune.Model;

namespace FineTune.Checking;

/// <summary>Checks what a recipe says of the shape of its rows: FT1500 to FT1504, FT1509 and FT1510.</summary>
internal static class ShapeCheck
{
    public const string Unknown = "FT1500";
    public const string PromptOfAnotherType = "FT1501";
    public const string Preferences = "FT1502";
    public const string MissingColumn = "FT1503";
    public const string OtherType = "FT1504";
    public const string NoChatTemplate = "FT1509";
    public const string TrainsAll = "FT1510";

    /// <summary>Whether a shape is not rendered by a prompt of the recipe's own.</summary>
    public static bool IsShape(string? type) => type is not (null or "template");

    /// <summary>The type of rows that is given, or follows from a prompt or from what is known of the data; <see langword="null"/>: none does.</summary>
    public static string? Resolve(KeySettings settings, bool hasPrompt, string? recognised) =>
        settings.TryGet(DataKeys.Type, out var given) && given is KeyValue.Text type ? type.Value : hasPrompt ? "template" : recognised;

    /// <summary>The mistake of a recipe that does not say what its rows are.</summary>
    public static KeyProblem NotKnown(string rows, KeySurface surface)
    {
        var choices = KeyText.Alternatives(DataKeys.Type.Choices.Where(choice => choice.Name != "template").Select(choice => KeyText.Name(choice, DataKeys.Type, surface)));
        return new(Unknown, surface == KeySurface.Yaml
            ? $"It is not known what the rows{rows} are: write 'prompt', which makes text of columns, or 'type', which is {choices}."
            : $"It is not known what {rows} is: add [Prompt(\"… {{Field|completion}}\")], which makes text of properties, or name its Type, which is {choices}.");
    }

    /// <summary>What is wrong between the shape and the recipe's other keys.</summary>
    public static IEnumerable<(Key Key, KeyProblem Problem)> Check(string type, KeySettings settings, ModelFacts? model, KeySurface surface)
    {
        if (type is "preference" or "unpaired_preference")
        {
            yield return (DataKeys.Type, new(
                Preferences,
                $"Rows of type {KeyText.Name(type, DataKeys.Type, surface)} say which of two answers is better, or whether one is good, which is learned by methods such as {(type == "preference" ? "DPO" : "KTO")}; there is none yet. "
                + "To learn the good answers alone, make a prompt of them: " + (type == "preference" ? "{prompt}{chosen|completion}." : "{prompt}{completion|completion}, or give conversations the type messages, and leave rows with a false label out by Filter.")));
            yield break;
        }

        if (settings.TryGet(DataKeys.Prompt, out _))
        {
            yield return (DataKeys.Prompt, new(
                PromptOfAnotherType,
                $"The rows are of type {KeyText.Name(type, DataKeys.Type, surface)}, which has a form of its own, so that the prompt would not be read; remove it, or {KeyText.Name(DataKeys.Type, surface)}."));
        }

        if (type is "messages" or "sharegpt" && model is { HasChatTemplate: false, HasTokenizer: true } && !settings.TryGet(DataKeys.ChatTemplate, out _))
        {
            yield return (DataKeys.Type, new(
                NoChatTemplate,
                $"The rows are conversations, but {KeyText.Quote(model.Name)} has no chat template; choose a chat model, or write a template and name it in {KeyText.Name(DataKeys.ChatTemplate, surface)}."));
        }

        if (type != "text" && settings.Effective(TrainingKeys.Method) is KeyValue.Text { Value: "pretrain" } && settings.Effective(DataKeys.TrainOn) is not KeyValue.Text { Value: "all" })
        {
            yield return (DataKeys.Type, new(
                TrainsAll,
                $"Pretraining puts the loss on every token, but of rows of type {KeyText.Name(type, DataKeys.Type, surface)} only {(type is "alpaca" or "prompt_completion" ? "completions are" : "the assistant is")} trained; "
                + $"set {KeyText.Name(DataKeys.TrainOn, surface)} to {KeyText.Name("all", DataKeys.TrainOn, surface)}, or train by sft."));
        }
    }

    /// <summary>What data lacks of a shape.</summary>
    public static IEnumerable<KeyProblem> CheckData(RowModel row, ShapeModel shape, DataFacts data)
    {
        foreach (var column in ShapeTable.Of(shape.Type))
        {
            var name = row.Columns.First(candidate => candidate.Property == shape.Properties.First(property => property.Column == column.Name).Name).Names[0];
            var known = data.Columns.FirstOrDefault(candidate => candidate.Name == name);
            if (known is null && column.Required)
                yield return new(MissingColumn, $"{KeyText.Quote(data.Name)} has no column {KeyText.Quote(name)}, which rows of type {shape.Type} have; it has {KeyText.List([.. data.Columns.Select(candidate => candidate.Name)])}.");
            else if (known is not null && !Fits(column, known.Kind))
                yield return new(OtherType, $"The column {KeyText.Quote(name)} of {KeyText.Quote(data.Name)} is {known.Description}, but in rows of type {shape.Type} it is {KeyText.Alternatives(column.Types.Select(Describe).Distinct())}.");
        }
    }

    /// <summary>What a row type of the project lacks of a shape.</summary>
    public static IEnumerable<(string? Property, KeyProblem Problem)> CheckRow(string type, RowModel row, string name)
    {
        foreach (var column in ShapeTable.Of(type))
        {
            var found = ShapeTable.Find(row, column);
            if (found is null && column.Required)
                yield return (null, new(MissingColumn, $"{name} has no property {KeyText.Quote(Reading.Identifier.Pascal(column.Name))}, which rows of type {KeyText.Name(type, DataKeys.Type, KeySurface.CSharp)} have."));
            else if (found is not null && !column.Types.Contains(found.Value.Type))
                yield return (found.Property, new(OtherType, $"In rows of type {KeyText.Name(type, DataKeys.Type, KeySurface.CSharp)} {KeyText.Quote(found.Property)} is {KeyText.Alternatives(column.Types.Select(DescribeType).Distinct())}."));
        }
    }

    private static bool Fits(ShapeColumn column, ColumnKind kind) => kind switch
    {
        ColumnKind.Null or ColumnKind.Opaque or ColumnKind.Mixed => true,
        ColumnKind.String => column.Types[0] != ColumnType.Boolean,
        ColumnKind.List => column.Types[0] is ColumnType.Messages or ColumnType.Tools or ColumnType.TextOrMessages,
        ColumnKind.Boolean => column.Types[0] == ColumnType.Boolean,
        _ => false,
    };

    private static string Describe(ColumnType type) => type switch
    {
        ColumnType.Messages => "a list of messages",
        ColumnType.Tools => "a list of tools",
        ColumnType.TextOrMessages => "a text or a list of messages",
        ColumnType.Boolean => "true or false",
        _ => "a text",
    };

    private static string DescribeType(ColumnType type) => type switch
    {
        ColumnType.Messages => "an IReadOnlyList<ChatMessage>",
        ColumnType.Tools => "a JsonElement?",
        ColumnType.TextOrMessages => "TextOrMessages",
        ColumnType.Boolean => "a bool",
        _ => "a string",
    };
}
