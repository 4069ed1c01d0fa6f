namespace FineTune.App.Import;

/// <summary>The datasets of LLaMA-Factory: names, which a <c>dataset_info.json</c> beside the rows explains where it is there.</summary>
internal static class LlamaFactoryRows
{
    /// <summary>The files of rows.</summary>
    /// <param name="context">The configuration.</param>
    /// <param name="setting">The setting that names them.</param>
    /// <param name="otherwise">What rows are of which nothing is said.</param>
    public static IReadOnlyList<ImportedFile> Read(ImportContext context, string setting, RowForm? otherwise)
    {
        var names = context.Take(setting)?.Names ?? [];
        if (names.Count == 0)
            return [];
        var folder = (context.Text("dataset_dir") ?? "data").TrimEnd('/');
        var info = ReadInfo(folder);
        return [.. names.Select(name => ReadDataset(context, folder, name, info?[name], otherwise))];
    }

    private static ConfigurationNode? ReadInfo(string folder)
    {
        var path = Path.Combine(folder, "dataset_info.json");
        return File.Exists(path) ? ConfigurationFile.ReadNode(path) : null;
    }

    private static ImportedFile ReadDataset(ImportContext context, string folder, string name, ConfigurationNode? info, RowForm? otherwise)
    {
        if (info is null)
        {
            if (!context.Pretrains && otherwise is null)
            {
                context.Notes.Assume(
                    $"rows have the columns of Alpaca (instruction, input, output), and its prompt{(context.Text("template") is { } template ? $" takes the place of the template '{template}'" : "")}; "
                    + "change data.type or write data.prompt if yours differ.");
            }

            return DataImport.Locate(context, name, null, otherwise ?? (context.Pretrains ? RowForm.Text("text") : RowForm.Alpaca));
        }

        var form = FormOf(context, name, info);
        return info["file_name"]?.Text is { Length: > 0 } file
            ? DataImport.Locate(context, $"{folder}/{file}", null, form)
            : DataImport.Locate(context, (info["hf_hub_url"] ?? info["ms_hub_url"])?.Text ?? name, info["split"]?.Text, form);
    }

    private static RowForm FormOf(ImportContext context, string name, ConfigurationNode info)
    {
        if (info["ranking"] is { IsTrue: true })
            context.Notes.Miss($"the rows of {name} say which of two answers is better, which nothing is trained by; the recipe reads them as if they did not.");
        var (columns, tags) = (info["columns"], info["tags"]);
        if (info["formatting"]?.Text == "sharegpt")
        {
            var (role, content) = (Name(tags, "role_tag", "from"), Name(tags, "content_tag", "value"));
            foreach (var (tag, meant) in new[] { ("user_tag", "user"), ("assistant_tag", "assistant") })
            {
                if (tags?[tag]?.Text is { } word && word != meant && !(role == "from" && word is "human" or "gpt"))
                    context.Notes.Miss($"'{tag}: {word}' of {name}: write the rows with the roles user, assistant, system and tool, or those of ShareGPT.");
            }

            return RowForm.Conversation(Name(columns, "messages", "conversations"), role, content);
        }

        if (context.Pretrains)
            return RowForm.Text(Name(columns, "prompt", "text"));
        var (instruction, input, output) = (Name(columns, "prompt", "instruction"), Name(columns, "query", "input"), Name(columns, "response", "output"));
        foreach (var column in new[] { "history", "system" })
        {
            if (columns?[column] is { IsNothing: false })
                context.Notes.Miss($"the column '{column}' of {name}; write the rows as conversations, which data.type calls 'messages'.");
        }

        if (context.Text("template") is { } template && template != "alpaca")
            context.Notes.Assume($"the prompts of Alpaca take the place of the template '{template}' for the rows of {name}; write the rows as conversations to use the model's chat template.");
        return (instruction, input, output) == ("instruction", "input", "output") ? RowForm.Alpaca
            : columns?["query"] is null ? new(null, ImportPrompt.AlpacaWithoutInput(instruction, output))
            : new(null, ImportPrompt.Alpaca(instruction, input, output));
    }

    private static string Name(ConfigurationNode? names, string name, string otherwise) => names?[name]?.Text is { Length: > 0 } given ? given : otherwise;
}
