using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>The datasets of TRL, whose form it sees in the rows; a configuration only hints at it.</summary>
internal static class TrlRows
{
    private static readonly string[] Known = ["path", "name", "data_dir", "data_files", "split", "columns", "fraction"];

    /// <summary>The files of rows.</summary>
    public static IReadOnlyList<ImportedFile> Read(ImportContext context)
    {
        var form = FormOf(context);
        if (context.Take("datasets") is { Items.Count: > 0 } mixture)
            return [.. mixture.Items.SelectMany(dataset => ReadDataset(context, dataset, form))];
        return context.Text("dataset_name") is { } name ? [DataImport.Locate(context, name, null, form)] : [];
    }

    private static IEnumerable<ImportedFile> ReadDataset(ImportContext context, ConfigurationNode dataset, RowForm form)
    {
        foreach (var (name, value) in dataset.Entries)
        {
            if (!Known.Contains(name) && !value.IsNothing)
                SettingImport.Explain(context, name, value);
        }

        IReadOnlyList<string> files = dataset["data_files"] is { IsNothing: false } given ? given.Names : dataset["path"]?.Text is { } path ? [path] : [];
        var weight = dataset["fraction"]?.Number is { } fraction and > 0 ? fraction : 1;
        return files.Select(file => DataImport.Locate(context, file, dataset["split"]?.Text is { } split && split != "train" ? split : null, form) with { Weight = weight });
    }

    private static RowForm FormOf(ImportContext context)
    {
        if (context.Text("dataset_text_field") is { } column)
            return RowForm.Text(column);
        if (context.Take("completion_only_loss") is { Text: not null } completionOnly)
            return new("prompt_completion") { TrainOn = completionOnly.IsTrue ? null : "all" };
        if (GrpoKeys.AreRead(context.Settings))
        {
            context.Notes.Assume("rows are conversations in the column 'messages', the last of them of the user; change data.type, or write data.prompt, if yours are others.");
            return new("messages");
        }

        var assistantOnly = context.IsOn("assistant_only_loss");
        if (!assistantOnly)
        {
            context.Notes.Assume(
                "rows are conversations in the column 'messages', all of which is trained, as TRL does without assistant_only_loss; change data.type to text or prompt_completion if yours are such.");
        }

        return new("messages") { TrainOn = assistantOnly ? null : "all" };
    }
}
