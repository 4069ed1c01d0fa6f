using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>The datasets of axolotl: <c>datasets</c>, <c>pretraining_dataset</c> and <c>test_datasets</c>.</summary>
internal static class AxolotlRows
{
    // Which rows of a hub's dataset are meant is a matter of who writes the file.
    private static readonly string[] OfTheHub = ["path", "name", "split", "revision", "trust_remote_code", "data_files", "ds_type", "shards", "shards_idx", "preprocess_shards", "skip"];

    private static readonly string[] OfForms =
    [
        "type", "field", "text_column", "field_messages", "message_property_mappings", "message_field_role", "message_field_content", "roles", "roles_to_train",
        "train_on_eos", "train_on_eot", "field_tools", "message_field_training", "chat_template", "chat_template_jinja",
    ];

    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["human"] = "user",
        ["user"] = "user",
        ["gpt"] = "assistant",
        ["assistant"] = "assistant",
        ["system"] = "system",
        ["tool"] = "tool",
    };

    /// <summary>The files of rows.</summary>
    /// <param name="context">The configuration.</param>
    /// <param name="setting">The setting that lists them.</param>
    public static IReadOnlyList<ImportedFile> Read(ImportContext context, string setting)
    {
        var node = context.Take(setting);
        var datasets = node is { Items.Count: > 0 } ? node.Items : node is { IsNothing: false } ? [node] : [];
        return [.. datasets.SelectMany(dataset => ReadDataset(context, dataset, isPretraining: setting == "pretraining_dataset"))];
    }

    private static IEnumerable<ImportedFile> ReadDataset(ImportContext context, ConfigurationNode dataset, bool isPretraining)
    {
        var form = FormOf(context, dataset, isPretraining);
        foreach (var (name, value) in dataset.Entries)
        {
            if (!OfTheHub.Contains(name) && !OfForms.Contains(name) && !value.IsNothing)
                SettingImport.Explain(context, name, value);
        }

        var path = dataset["path"]?.Text ?? dataset.Text;
        IReadOnlyList<string> files = dataset["data_files"] is { IsNothing: false } given ? given.Names : path is null ? [] : [path];
        return files.Select(file => DataImport.Locate(context, file, dataset["split"]?.Text is { } split && split != "train" ? split : null, form));
    }

    private static RowForm FormOf(ImportContext context, ConfigurationNode dataset, bool isPretraining)
    {
        var type = dataset["type"];
        if (type is { Entries.Count: > 0 })
            return new(null, ImportPrompt.OfFields(type, context.Notes));
        var name = type?.Text ?? (isPretraining ? "pretrain" : "");
        switch (name.Split(':', '.')[0])
        {
            case "completion" or "pretrain":
                return RowForm.Text((dataset["field"] ?? dataset["text_column"])?.Text ?? "text");
            case "alpaca":
                return RowForm.Alpaca;
            case "gpteacher":
                return new(null, ImportPrompt.Alpaca("instruction", "input", "response"));
            case "alpaca_chat" or "alpaca_w_system":
                context.Notes.Assume($"rows of the type '{name}' have the columns of Alpaca (instruction, input, output) and become text by its prompts; change data.type or write data.prompt if yours differ.");
                return RowForm.Alpaca;
            case "chat_template":
                return ConversationOf(context, dataset, "messages", "role", "content");
            case "sharegpt" or "sharegpt_simple":
                return ConversationOf(context, dataset, "conversations", "from", "value");
            default:
                context.Notes.Assume(
                    $"rows{(name.Length == 0 ? "" : $" of the type '{name}'")} have the columns 'prompt' and 'completion'; write data.prompt with the columns that yours have.");
                return new(null, ImportPrompt.Unknown);
        }
    }

    private static RowForm ConversationOf(ImportContext context, ConfigurationNode dataset, string column, string role, string content)
    {
        var mappings = dataset["message_property_mappings"];
        foreach (var (property, field) in mappings?.Entries ?? [])
        {
            if (property is not ("role" or "content") && property != field.Text)
                context.Notes.Miss($"'message_property_mappings' of '{property}': only role and content of a message may have other names here.");
        }

        if (dataset["field_tools"]?.Text is { } tools && tools != "tools")
            context.Notes.Miss($"'field_tools: {tools}': tools are read from the column 'tools'; rename it in the rows.");
        if (dataset["message_field_training"]?.Text is { } training && training != "train")
            context.Notes.Miss($"'message_field_training: {training}': whether a message is trained is read from its field 'train'; rename it in the rows.");
        foreach (var name in new[] { "train_on_eos", "train_on_eot" })
        {
            if (dataset[name]?.Text is { } end && end is not ("turn" or "true"))
                context.Notes.Miss($"'{name}: {end}': the token that ends a trained message is trained with it, and no other.");
        }

        foreach (var (target, sources) in dataset["roles"]?.Entries ?? [])
        {
            var unknown = sources.Names.Where(source => Roles.GetValueOrDefault(source) != target).ToList();
            if (unknown.Count > 0)
                context.Notes.Miss($"'roles': {string.Join(", ", unknown)} for {target}; write the rows with the roles user, assistant, system and tool, or those of ShareGPT.");
        }

        var form = RowForm.Conversation(
            dataset["field_messages"]?.Text ?? column,
            (mappings?["role"] ?? dataset["message_field_role"])?.Text ?? role,
            (mappings?["content"] ?? dataset["message_field_content"])?.Text ?? content);
        return form with { TrainOn = TrainOn(context, dataset["roles_to_train"]) };
    }

    private static string? TrainOn(ImportContext context, ConfigurationNode? given)
    {
        if (given is null or { Text: null, Items.Count: 0, Entries.Count: > 0 })
            return null;
        var roles = given.Names.Select(role => Roles.GetValueOrDefault(role, role)).Distinct().ToList();
        if (roles.Count == 0)
            return given.Text is null ? "none" : null;
        if (roles is ["assistant"])
            return null;
        if (roles.Contains("assistant") && roles.Contains("user"))
            return "all";
        context.Notes.Miss($"'roles_to_train: {string.Join(", ", roles)}': the assistant's messages are trained, all, the last or none of them; see {DataKeys.TrainOn}.");
        return null;
    }
}
