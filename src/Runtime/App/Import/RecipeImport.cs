using FineTune.Foreign;
using FineTune.Keys;
using FineTune.Rules;

namespace FineTune.App.Import;

/// <summary>Turns a configuration of another tool into a recipe that trains the same.</summary>
internal sealed class RecipeImport
{
    private readonly ConfigurationFile _configuration;
    private readonly KeySettings _settings = new();
    private readonly ImportNotes _notes = new();
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    private RecipeImport(ConfigurationFile configuration) => _configuration = configuration;

    private ConfigurationTool Tool => _configuration.Tool;

    /// <summary>Converts a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="source">Its file name.</param>
    /// <param name="name">The recipe's name.</param>
    /// <exception cref="FineTuneException">FT5043: it trains by a method that has no equivalent.</exception>
    public static ImportedRecipe Convert(ConfigurationFile configuration, string source, string name)
    {
        var import = new RecipeImport(configuration);
        import._settings.Set(RecipeKeys.Name, new KeyValue.Text(name));
        import.ConvertMethod(source);
        import.ConvertModel();
        import.ConvertData();
        import.ConvertAdapter();
        import.ConvertTraining();
        foreach (var (key, value) in configuration.Root.Entries.Where(entry => !import._done.Contains(entry.Key)))
            import.ConvertOther(key, value);
        import.ApplyDefaults(ImportDefaults.Of(import.Tool));
        import.RemoveMistakes();
        return new ImportedRecipe(source, import.Tool, import._settings, import._notes);
    }

    private void ConvertMethod(string source)
    {
        var (key, method) = Tool switch
        {
            ConfigurationTool.Axolotl => ("rl", Text("rl")),
            ConfigurationTool.LlamaFactory => ("stage", Text("stage")),
            ConfigurationTool.Peft => ("peft_type", Text("peft_type")),
            _ => ("loss_type", null),
        };
        if (method is not null && !(key == "stage" && method is "sft" or "pt") && !(key == "peft_type" && method == "LORA"))
            throw new FineTuneException(
                "FT5043",
                $"'{key}: {method}' has no equivalent: recipes train by supervised fine-tuning or pretraining, with LoRA or all weights. Nothing was written.", source);
        if (method == "pt" || Take("pretraining_dataset") is not null)
            Set(TrainingKeys.Method, new KeyValue.Text("pretrain"));
    }

    private void ConvertModel()
    {
        var model = Text("base_model") ?? Text("model_name_or_path") ?? Text("base_model_name_or_path") ?? "models/base";
        var isHubId = model.Count(character => character == '/') == 1 && model[0] is not ('.' or '/' or '~') && !Directory.Exists(model);
        var folder = isHubId ? "models/" + model[(model.IndexOf('/', StringComparison.Ordinal) + 1)..] : model;
        if (isHubId)
            _notes.Assume($"the base model {model} is in the folder {folder}; download it there: config.json, the tokenizer's files and *.safetensors.");
        Set(ModelKeys.Base, new KeyValue.Text(folder));
        if (IsOn("bf16") || IsOn("bfloat16") || IsOn("pure_bf16"))
            Set(ModelKeys.DType, new KeyValue.Text("bfloat16"));
        else if (IsOn("fp16") || IsOn("float16"))
            _notes.Assume("'fp16' is left to model.dtype, which chooses the type that the machine is fast in.");
    }

    private void ConvertData()
    {
        var datasets = Take("datasets") ?? Take("pretraining_dataset") ?? Take("dataset") ?? Take("dataset_name");
        var first = datasets is { Items.Count: > 0 } ? datasets.Items[0] : datasets;
        var path = first?["path"]?.Text ?? (first?.Names is { Count: > 0 } names ? names[0] : null);
        if (datasets is { Items.Count: > 1 } or { Items.Count: 0, Names.Count: > 1 })
            _notes.Miss("a recipe reads one file of rows, and the configuration names several; join them.");
        var file = path is null ? "data/train.jsonl" : IsRowsFile(path) ? path : $"data/{path[(path.LastIndexOf('/') + 1)..]}.jsonl";
        if (path != file)
            _notes.Assume(path is null ? $"the training rows are in {file}." : $"the rows of {path} are in {file}, a JSON object a line.");
        Set(DataKeys.Train, new KeyValue.Text(file));
        ConvertPrompt(first);
        if ((Take("val_set_size") ?? Take("val_size")) is { IsNothing: false })
            _notes.Miss("held-out rows are a file of their own here; move some of the rows there, name it by data.test, and list what is measured in 'evaluation'.");
        if (IsOn("disable_shuffling"))
            Set(DataKeys.Shuffle, new KeyValue.Boolean(false));
    }

    private void ConvertPrompt(ConfigurationNode? dataset)
    {
        var type = dataset?["type"];
        var prompt = type is { Entries.Count: > 0 } ? ImportPrompt.OfFields(type)
            : type?.Text is { } name ? ImportPrompt.OfType(name)
            : _settings.Effective(TrainingKeys.Method) is KeyValue.Text { Value: "pretrain" } ? ImportPrompt.Text
            : Tool == ConfigurationTool.LlamaFactory ? ImportPrompt.Alpaca : null;
        var template = Text("template") ?? Text("chat_template");
        if (type is not { Entries.Count: > 0 } && type?.Text is not "completion" && prompt != ImportPrompt.Text)
            _notes.Assume(prompt is null
                ? "rows have the columns 'prompt' and 'completion'; write data.prompt with the columns that yours have."
                : $"rows have the columns of Alpaca (instruction, input, output), and its prompt{(template is null ? "" : $" takes the place of the template '{template}'")}; change data.prompt if yours differ.");
        prompt ??= ImportPrompt.Unknown;
        var trainsAll = IsOn("train_on_inputs") | IsOn("train_on_prompt");
        Set(DataKeys.Prompt, new KeyValue.Text(trainsAll ? ImportPrompt.Trained(prompt) : prompt));
    }

    private void ConvertAdapter()
    {
        var kind = Tool switch
        {
            ConfigurationTool.Axolotl => Text("adapter"),
            ConfigurationTool.LlamaFactory => Text("finetuning_type") ?? "lora",
            ConfigurationTool.Trl => IsOn("use_peft") ? "lora" : null,
            _ => "lora",
        };
        if (kind == "qlora")
            _notes.Miss("base weights are not quantized, so that 'qlora' becomes LoRA on 16- or 32-bit weights; the memory is that of those.");
        else if (kind is not (null or "lora" or "full"))
            _notes.Miss($"'{kind}' has no equivalent; all weights are trained.");
        if (kind is not ("lora" or "qlora"))
            return;
        Set(AdapterKeys.Kind, new KeyValue.Text("lora"));
        var targets = Take("lora_target_modules") ?? Take("lora_target") ?? Take("target_modules");
        var isAll = IsOn("lora_target_linear") || targets?.Names is null or [] or ["all"] or ["all-linear"];
        // PEFT takes one text for a regular expression of whole paths.
        if (Tool == ConfigurationTool.Peft && !isAll && targets is { Text: { } pattern } && TrySet(AdapterKeys.TargetPattern, new KeyValue.Text(pattern), out _))
            isAll = true;
        if (Tool == ConfigurationTool.LlamaFactory && IsOn("pissa_init"))
            Set(AdapterKeys.Initialization, new KeyValue.Text("pissa"));
        if (!isAll && !TrySet(AdapterKeys.Targets, new KeyValue.List(new(targets!.Names)), out var problem))
            _notes.Miss($"the targets {string.Join(", ", targets.Names)}, so that all linear layers are adapted: {problem}");
        if (Tool == ConfigurationTool.Peft && targets is null or { IsNothing: true })
            _notes.Assume("all linear layers are adapted, as the configuration names no target_modules.");
        ApplyDefaults(ImportDefaults.OfAdapter(Tool));
        if (Tool == ConfigurationTool.LlamaFactory && _configuration.Root["lora_alpha"] is null or { IsNothing: true })
            Set(AdapterKeys.Alpha, new KeyValue.Number(2 * (_configuration.Root["lora_rank"]?.Number ?? 8)));
    }

    private void ConvertTraining()
    {
        var rows = _configuration.Root["micro_batch_size"]?.Number;
        if (Tool == ConfigurationTool.Axolotl && Take("batch_size")?.Number is { } total && rows is > 0 && _configuration.Root["gradient_accumulation_steps"] is null)
            Set(TrainingKeys.GradientAccumulation, new KeyValue.Integer((int)Math.Max(1, total / rows.Value)));
        if (Take("cosine_min_lr_ratio")?.Number is { } minimum and > 0)
        {
            Set(TrainingKeys.MinLrRate, new KeyValue.Number(minimum));
            Set(TrainingKeys.Schedule, new KeyValue.Text("cosine_with_min_lr"));
            _done.Add("lr_scheduler");
        }

        var epochs = _configuration.Root["num_epochs"]?.Number ?? 1;
        if (Take("saves_per_epoch")?.Number is { } saves and > 0)
            SetShare(TrainingKeys.SaveSteps, saves * epochs);
        if (Take("evals_per_epoch")?.Number is { } evaluations and > 0)
            SetShare(TrainingKeys.EvalSteps, evaluations * epochs);
        ConvertOptimizer();
    }

    private void ConvertOptimizer()
    {
        var optimizer = Text("optimizer") ?? Text("optim");
        if (optimizer is null)
            return;
        var key = KeyTable.All.FirstOrDefault(key => key.Path == "training.optimizer");
        if (key is not null && TrySet(key, new KeyValue.Text(Choice(key, optimizer)), out _))
            return;
        if (!optimizer.StartsWith("adamw_torch", StringComparison.Ordinal))
            _notes.Miss($"the optimizer {optimizer}; AdamW takes its place.");
    }

    // Everything that has a key by another name, or an answer.
    private void ConvertOther(string name, ConfigurationNode value)
    {
        if (name.Length == 0)
            return;
        if (KeyNames.FindMeant(RecipeKeys.Section, name) is { } key)
        {
            if (value is { Text: null, Items.Count: 0, Entries.Count: 0 } || (value.IsNothing && key.Type is not (KeyType.Integer or KeyType.Number or KeyType.Boolean)))
                return;
            if (key.Section == AdapterKeys.Section && !_settings.TryGet(AdapterKeys.Kind, out _))
                return;
            string? problem = "its value has no equivalent.";
            if (key.Type is KeyType.Boolean or KeyType.Choice && Parse(key, value) == key.Default)
                return;
            if (Parse(key, value) is not { } parsed || !TrySet(key, parsed, out problem))
                _notes.Miss($"'{name}': {problem}");
            return;
        }

        if (ForeignKeyTable.Explain(name, value.Text) is not { } answer)
            _notes.Miss($"'{name}' is not known.");
        else if (answer.Code == KeyCodes.UnneededKey || answer.Code == KeyCodes.KeyElsewhere)
            _notes.Leave(name);
        else if (!value.IsNothing)
            _notes.Miss(answer.Message);
    }

    private void ApplyDefaults(IReadOnlyList<(string Name, string Value)> defaults)
    {
        foreach (var (name, value) in defaults)
        {
            if (_configuration.Root[name] is null or { Text: null, Items.Count: 0 } && KeyNames.FindMeant(RecipeKeys.Section, name) is { YamlOnly: false } key
                && !_settings.TryGet(key, out _) && !(key == TrainingKeys.Epochs && _settings.TryGet(TrainingKeys.MaxSteps, out _)) && Parse(key, new ConfigurationNode(value, [], [])) is { } parsed)
                _settings.Set(key, parsed);
        }
    }

    // What does not go together is told where it goes wrong, key by key, until nothing does.
    private void RemoveMistakes()
    {
        while (FirstMistake() is var (key, problem) && key is { Required: false } && _settings.TryGet(key, out _))
        {
            _settings.Remove(key);
            _notes.Miss($"'{key}': {problem!.Message}");
        }

        foreach (var (rule, problem) in RecipeRules.Check(_settings, KeySurface.Yaml, _ => true).Where(found => found.Rule.Severity == RuleSeverity.Warning))
            _notes.Assume($"'{rule.Key}' is as the configuration has it, although {problem.Code} warns: {problem.Message}");
    }

    private (Key? Key, KeyProblem? Problem) FirstMistake()
    {
        var unread = KeyRules.Check(_settings, KeySurface.Yaml).FirstOrDefault();
        if (unread.Key is not null)
            return unread;
        var (rule, problem) = RecipeRules.Check(_settings, KeySurface.Yaml, _ => true).FirstOrDefault(found => found.Rule.Severity == RuleSeverity.Error);
        return (rule?.Key, problem);
    }

    private static KeyValue? Parse(Key key, ConfigurationNode value)
    {
        switch (key.Type)
        {
            case KeyType.Integer when value.Number is { } number && number % 1 == 0 && Math.Abs(number) <= int.MaxValue:
                return new KeyValue.Integer((int)number);
            case KeyType.Number when value.Number is { } number:
                return new KeyValue.Number(number);
            case KeyType.Boolean when value.Text is not null:
                return new KeyValue.Boolean(value.IsTrue);
            case KeyType.Choice when value.Text is { } text:
                return new KeyValue.Text(Choice(key, text));
            case KeyType.Text or KeyType.Template when value.Text is { Length: > 0 } text:
                return new KeyValue.Text(text);
            case KeyType.ChoiceList or KeyType.ModuleList or KeyType.NameList when value.Names.Count > 0:
                return new KeyValue.List(new(value.Names.Select(name => Choice(key, name))));
            case KeyType.Pattern or KeyType.IntegerList or KeyType.NumberMap:
                return ParseOther(key, value);
            default:
                return null;
        }
    }

    private static KeyValue? ParseOther(Key key, ConfigurationNode value) =>
        key.Type == KeyType.NumberMap && value.Entries.Count > 0 ? KeyParser.ParseMap(key, value.Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text))).Value
        : key.Type == KeyType.IntegerList && value.Names.Count > 0 ? KeyParser.ParseList(key, value.Names).Value
        : key.Type == KeyType.Pattern && value.Text is { Length: > 0 } text ? KeyParser.Parse(key, text, quoted: true).Value
        : null;

    private static string Choice(Key key, string text) =>
        key.Choices.FirstOrDefault(choice => choice.Synonyms.Append(choice.Name).Any(name => Suggestion.Same(name, text)))?.Name ?? text;

    private bool TrySet(Key key, KeyValue value, out string? problem)
    {
        problem = KeyChecker.Check(key, value, KeySurface.Yaml)?.Message;
        if (problem is null)
            _settings.Set(key, value);
        return problem is null;
    }

    private void Set(Key key, KeyValue value) => _settings.Set(key, value);

    // So many times in the whole run, as a share of its steps.
    private void SetShare(Key key, double times) => Set(key, new KeyValue.Number(times <= 1 ? 0.99 : Math.Round(1 / times, 4)));

    private ConfigurationNode? Take(string name)
    {
        _done.Add(name);
        return _configuration.Root[name];
    }

    private string? Text(string name) => Take(name) is { IsNothing: false, Text: { } text } ? text.Trim() : null;

    private bool IsOn(string name) => Take(name) is { IsTrue: true };

    private static bool IsRowsFile(string path) => Path.GetExtension(path) is ".jsonl" or ".json" or ".ndjson" or ".csv" or ".parquet";
}
