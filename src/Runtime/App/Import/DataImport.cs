using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>Rows, how they become text, which are held out, and how long they may be.</summary>
internal static class DataImport
{
    public static void Convert(ImportContext context)
    {
        if (context.Root["pretraining_dataset"] is { IsNothing: false })
            context.Set(TrainingKeys.Method, "pretrain");
        IReadOnlyList<ImportedFile> files = context.Tool switch
        {
            ConfigurationTool.Axolotl => [.. AxolotlRows.Read(context, "pretraining_dataset"), .. AxolotlRows.Read(context, "datasets")],
            ConfigurationTool.LlamaFactory => LlamaFactoryRows.Read(context, "dataset", otherwise: null),
            ConfigurationTool.Trl => TrlRows.Read(context),
            _ => [],
        };
        if (files.Count == 0)
        {
            context.Notes.Assume("the training rows are in data/train.jsonl, with the columns 'prompt' and 'completion'; write data.prompt with the columns that yours have.");
            files = [new("", "data/train.jsonl", new(null, ImportPrompt.Unknown))];
        }

        ConvertForm(context, files[0].Form);
        context.Set(DataKeys.Train, KeyFiles.Value([.. Weigh(context, OfOneForm(context, files)).GroupBy(file => file.Path, StringComparer.Ordinal)
            .Select(same => new KeyFile(same.Key, same.Sum(file => file.Weight)))]));
        ConvertHeldOut(context, files[0].Form, files[0].Path);
        ConvertOrder(context);
    }

    /// <summary>The file of a dataset, with a note where that is another name than the configuration's.</summary>
    /// <param name="context">The configuration.</param>
    /// <param name="name">What the configuration names.</param>
    /// <param name="split">The part of it that is meant; null for the training rows.</param>
    /// <param name="form">What its rows are.</param>
    public static ImportedFile Locate(ImportContext context, string name, string? split, RowForm form)
    {
        var path = RowsPath.Of(name);
        if (path != name)
            context.Notes.Assume($"the rows of {name}{(split is null ? "" : $" ({split})")} are in {path}{(path.EndsWith(".jsonl", StringComparison.Ordinal) ? ", a JSON object a line" : "")}.");
        return new(name, path, form);
    }

    private static List<ImportedFile> OfOneForm(ImportContext context, IReadOnlyList<ImportedFile> files)
    {
        foreach (var file in files.Where(file => file.Form != files[0].Form))
        {
            context.Notes.Miss(
                $"the rows of {file.Name}, which are {file.Form}: a recipe reads rows of one form, and those of {files[0].Name} are {files[0].Form}; rewrite them, or make a recipe of their own of them.");
        }

        return [.. files.Where(file => file.Form == files[0].Form)];
    }

    private static IEnumerable<ImportedFile> Weigh(ImportContext context, List<ImportedFile> files)
    {
        var strategy = context.Text("mix_strategy");
        var shares = context.Take("interleave_probs")?.Names.Select(name => new ConfigurationNode(name, [], []).Number ?? 0).ToList();
        if (shares is null || shares.Count == 0 || strategy is null or "concat")
            return files;
        if (shares.Count != files.Count || shares.Exists(share => share <= 0))
        {
            context.Notes.Miss("'interleave_probs': there is not one of them above 0 for each file of rows; give the files of data.train weights.");
            return files;
        }

        context.Notes.Assume(
            "the weights of data.train are interleave_probs, the largest taken as 1: a weight says how often each row of its file is used in an epoch, a probability how often the file is drawn from; "
            + "divide by the numbers of rows where the files differ in length.");
        return files.Select((file, index) => file with { Weight = Math.Round(shares[index] / shares.Max(), 6) });
    }

    private static void ConvertForm(ImportContext context, RowForm form)
    {
        var trainsAll = context.IsOn("train_on_inputs") | context.IsOn("train_on_prompt");
        var isLast = context.IsOn("mask_history");
        if (form.Prompt is { } prompt)
        {
            context.Set(DataKeys.Prompt, trainsAll ? ImportPrompt.Trained(prompt) : prompt);
            if (trainsAll && prompt != ImportPrompt.Trained(prompt))
                context.Notes.Assume("of the prompt the fields are trained, but not the text between them.");
        }

        if (form.Type is not { } type)
            return;
        context.Set(DataKeys.Type, type);
        SetText(DataKeys.MessagesColumn, form.MessagesColumn);
        SetText(DataKeys.RoleField, form.RoleField);
        SetText(DataKeys.ContentField, form.ContentField);
        SetText(DataKeys.TrainOn, type == "text" ? null : trainsAll ? "all" : form.TrainOn ?? (isLast && form.IsConversation ? "last" : null));
        if (type != "alpaca" && type != "text")
            ChatTemplateImport.Convert(context, form);

        void SetText(Key key, string? text)
        {
            if (text is not null)
                context.Set(key, text);
        }
    }

    private static void ConvertHeldOut(ImportContext context, RowForm form, string train)
    {
        IReadOnlyList<ImportedFile> files = context.Tool switch
        {
            ConfigurationTool.Axolotl => AxolotlRows.Read(context, "test_datasets"),
            ConfigurationTool.LlamaFactory => LlamaFactoryRows.Read(context, "eval_dataset", otherwise: form),
            ConfigurationTool.Trl => TestSplit(context, form, train),
            _ => [],
        };
        foreach (var file in files.Skip(1))
            context.Notes.Miss($"the held-out rows of {file.Name}: data.test is one file; join them.");
        var share = context.Number("val_set_size") ?? context.Number("val_size") ?? context.Number("test_split_size");
        if (files.Count > 0 && files[0].Form != form)
            context.Notes.Miss($"the held-out rows of {files[0].Name}, which are {files[0].Form}, but the training rows are {form}; rewrite them.");
        else if (files.Count > 0)
            context.Set(DataKeys.Test, files[0].Path);
        else if (share is > 0)
            context.SetOrMiss("val_set_size", DataKeys.TestSize, new KeyValue.Number(share.Value));
    }

    // A split of the same dataset, which is a file of its own here.
    private static IReadOnlyList<ImportedFile> TestSplit(ImportContext context, RowForm form, string train)
    {
        var split = context.Text("dataset_test_split") ?? "test";
        if (context.Root["eval_strategy"] is null or { IsNothing: true } || context.Root["test_split_size"] is { IsNothing: false })
            return [];
        var extension = train[train.LastIndexOf('.')..];
        var path = $"{train[..^extension.Length]}.{split}{extension}";
        context.Notes.Assume($"the rows of the split '{split}' are in {path}.");
        return [new(split, RowsPath.Of(path), form)];
    }

    private static void ConvertOrder(ImportContext context)
    {
        if (context.IsOn("disable_shuffling") | context.IsOn("curriculum_sampling"))
            context.Set(DataKeys.Shuffle, new KeyValue.Boolean(false));
        // These put the files' rows in another order once; the trainers shuffle in each epoch all the same.
        context.Leave("shuffle_dataset", "shuffle_merged_datasets", "shuffle_before_merging_datasets");
    }
}
