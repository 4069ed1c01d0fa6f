using FineTune.Keys;
using FineTune.Prompts;

namespace FineTune.Recipes;

/// <summary>The option of every key, without reflection.</summary>
internal static class RecipeBindings
{
    /// <summary>A binding for each key, in the table's order.</summary>
    public static readonly IReadOnlyList<RecipeBinding> All =
    [
        new(RecipeKeys.Name, o => Text(o.Name), (o, v) => o with { Name = Text(v)! }),

        Model(ModelKeys.Base, o => Text(o.Base), (o, v) => o with { Base = Text(v)! }),
        Model(ModelKeys.DType, o => Choice(ModelKeys.DType, o.DType), (o, v) => o with { DType = Choice<ModelDType>(ModelKeys.DType, v) }),
        Model(
            ModelKeys.Initialization, o => Choice(ModelKeys.Initialization, o.Initialization),
            (o, v) => o with { Initialization = Choice<ModelInitialization>(ModelKeys.Initialization, v) }),

        Data(DataKeys.Train, o => Files(o.Train), (o, v) => o with { Train = Files(v) }),
        Data(DataKeys.Test, o => Text(o.Test), (o, v) => o with { Test = Text(v) }),
        Data(DataKeys.TestSize, o => OptionalNumber(o.TestSize), (o, v) => o with { TestSize = OptionalNumber(v) }),
        Data(DataKeys.SplitBy, o => Text(o.SplitBy), (o, v) => o with { SplitBy = Text(v) }),
        Data(DataKeys.Type, o => Choice(DataKeys.Type, o.Type), (o, v) => o with { Type = Choice<DatasetType>(DataKeys.Type, v) }),
        Data(DataKeys.Prompt, o => Text(o.Prompt), (o, v) => o with { Prompt = Text(v) }),
        Data(DataKeys.ChatTemplate, o => Text(o.ChatTemplate), (o, v) => o with { ChatTemplate = Text(v) }),
        Data(DataKeys.TrainOn, o => Choice(DataKeys.TrainOn, o.TrainOn), (o, v) => o with { TrainOn = Choice<TrainOn>(DataKeys.TrainOn, v) }),
        Data(DataKeys.MessagesColumn, o => Text(o.MessagesColumn), (o, v) => o with { MessagesColumn = Text(v) }),
        Data(DataKeys.RoleField, o => Text(o.RoleField), (o, v) => o with { RoleField = Text(v) }),
        Data(DataKeys.ContentField, o => Text(o.ContentField), (o, v) => o with { ContentField = Text(v) }),
        Data(DataKeys.MaxLength, o => Integer(o.MaxLength), (o, v) => o with { MaxLength = Integer(v) }),
        Data(
            DataKeys.Overlong, o => Choice(DataKeys.Overlong, o.Overlong),
            (o, v) => o with { Overlong = Choice<OverlongRows>(DataKeys.Overlong, v) }),
        Data(DataKeys.Shuffle, o => Boolean(o.Shuffle), (o, v) => o with { Shuffle = Boolean(v) }),
        Data(DataKeys.Limit, o => Integer(o.Limit), (o, v) => o with { Limit = Integer(v) }),

        new(
            AdapterKeys.Kind, o => Text(o.Adapter is null ? "none" : "lora"),
            (o, v) => o with { Adapter = Text(v) == "none" ? null : o.Adapter ?? new() }),
        Adapter(AdapterKeys.Rank, o => Integer(o.Rank), (o, v) => o with { Rank = Integer(v)!.Value }),
        Adapter(AdapterKeys.Alpha, o => Number(o.Alpha), (o, v) => o with { Alpha = Number(v) }),
        Adapter(AdapterKeys.Dropout, o => Number(o.Dropout), (o, v) => o with { Dropout = Number(v) }),
        Adapter(AdapterKeys.UseRslora, o => Boolean(o.UseRslora), (o, v) => o with { UseRslora = Boolean(v) }),
        Adapter(AdapterKeys.UseDora, o => Boolean(o.UseDora), (o, v) => o with { UseDora = Boolean(v) }),
        Adapter(
            AdapterKeys.Initialization, o => Choice(AdapterKeys.Initialization, o.Initialization),
            (o, v) => o with { Initialization = Choice<LoraInitialization>(AdapterKeys.Initialization, v) }),
        Adapter(AdapterKeys.Targets, o => new KeyValue.List(new(o.Targets)), (o, v) => o with { Targets = [.. List(v)] }),
        Adapter(AdapterKeys.TargetPattern, o => Text(o.TargetPattern), (o, v) => o with { TargetPattern = Text(v) }),
        Adapter(AdapterKeys.ExcludeModules, o => OptionalList(o.ExcludeModules), (o, v) => o with { ExcludeModules = OptionalList(v) }),
        Adapter(AdapterKeys.ExcludePattern, o => Text(o.ExcludePattern), (o, v) => o with { ExcludePattern = Text(v) }),
        Adapter(
            AdapterKeys.LayersToTransform, o => o.LayersToTransform.Count == 0 ? null : new KeyValue.Integers(new(o.LayersToTransform)),
            (o, v) => o with { LayersToTransform = v is KeyValue.Integers layers ? [.. layers.Items] : [] }),
        Adapter(AdapterKeys.LayersPattern, o => OptionalList(o.LayersPattern), (o, v) => o with { LayersPattern = OptionalList(v) }),
        Adapter(AdapterKeys.RankPattern, o => Map(o.RankPattern), (o, v) => o with { RankPattern = Map(v) }),
        Adapter(AdapterKeys.AlphaPattern, o => Map(o.AlphaPattern), (o, v) => o with { AlphaPattern = Map(v) }),
        Adapter(AdapterKeys.Bias, o => Choice(AdapterKeys.Bias, o.Bias), (o, v) => o with { Bias = Choice<LoraBiases>(AdapterKeys.Bias, v) }),
        Adapter(AdapterKeys.LoraBias, o => Boolean(o.LoraBias), (o, v) => o with { LoraBias = Boolean(v) }),
        Adapter(AdapterKeys.ModulesToSave, o => OptionalList(o.ModulesToSave), (o, v) => o with { ModulesToSave = OptionalList(v) }),
        Adapter(
            AdapterKeys.EnsureWeightTying, o => Boolean(o.EnsureWeightTying), (o, v) => o with { EnsureWeightTying = Boolean(v) }),

        Training(
            TrainingKeys.Method, o => Choice(TrainingKeys.Method, o.Method),
            (o, v) => o with { Method = Choice<TrainingMethod>(TrainingKeys.Method, v) }),
        Training(TrainingKeys.LearningRate, o => OptionalNumber(o.LearningRate), (o, v) => o with { LearningRate = OptionalNumber(v) }),
        Training(TrainingKeys.Epochs, o => Number(o.Epochs), (o, v) => o with { Epochs = Number(v) }),
        Training(TrainingKeys.MaxSteps, o => Integer(o.MaxSteps), (o, v) => o with { MaxSteps = Integer(v) }),
        Training(TrainingKeys.TokensPerBatch, o => Integer(o.TokensPerBatch), (o, v) => o with { TokensPerBatch = Integer(v) }),
        Training(TrainingKeys.BatchSize, o => Integer(o.BatchSize), (o, v) => o with { BatchSize = Integer(v) }),
        Training(
            TrainingKeys.GradientAccumulation, o => Integer(o.GradientAccumulation),
            (o, v) => o with { GradientAccumulation = Integer(v)!.Value }),
        Training(
            TrainingKeys.MicroBatchTokens, o => Integer(o.MicroBatchTokens),
            (o, v) => o with { MicroBatchTokens = Integer(v)!.Value }),
        Training(
            TrainingKeys.Schedule, o => Choice(TrainingKeys.Schedule, o.Schedule),
            (o, v) => o with { Schedule = Choice<LearningRateSchedule>(TrainingKeys.Schedule, v) }),
        Training(TrainingKeys.WarmupSteps, o => Number(o.WarmupSteps), (o, v) => o with { WarmupSteps = Number(v) }),
        Training(TrainingKeys.MinLrRate, o => Number(o.MinLrRate), (o, v) => o with { MinLrRate = Number(v) }),
        Training(TrainingKeys.WeightDecay, o => Number(o.WeightDecay), (o, v) => o with { WeightDecay = Number(v) }),
        Training(
            TrainingKeys.Optimizer, o => Choice(TrainingKeys.Optimizer, o.Optimizer),
            (o, v) => o with { Optimizer = Choice<OptimizerKind>(TrainingKeys.Optimizer, v) }),
        Training(TrainingKeys.Momentum, o => OptionalNumber(o.Momentum), (o, v) => o with { Momentum = OptionalNumber(v) }),
        Training(TrainingKeys.Nesterov, o => Boolean(o.Nesterov), (o, v) => o with { Nesterov = Boolean(v) }),
        Training(TrainingKeys.LoraplusLrRatio, o => OptionalNumber(o.LoraplusLrRatio), (o, v) => o with { LoraplusLrRatio = OptionalNumber(v) }),
        Training(TrainingKeys.LoraplusLrEmbedding, o => Number(o.LoraplusLrEmbedding), (o, v) => o with { LoraplusLrEmbedding = Number(v) }),
        Training(TrainingKeys.Beta1, o => Number(o.Beta1), (o, v) => o with { Beta1 = Number(v) }),
        Training(TrainingKeys.Beta2, o => Number(o.Beta2), (o, v) => o with { Beta2 = Number(v) }),
        Training(TrainingKeys.Epsilon, o => Number(o.Epsilon), (o, v) => o with { Epsilon = Number(v) }),
        Training(TrainingKeys.MaxGradNorm, o => Number(o.MaxGradNorm), (o, v) => o with { MaxGradNorm = Number(v) }),
        Training(TrainingKeys.MaxGradValue, o => OptionalNumber(o.MaxGradValue), (o, v) => o with { MaxGradValue = OptionalNumber(v) }),
        Training(
            TrainingKeys.LossType, o => Choice(TrainingKeys.LossType, o.LossType),
            (o, v) => o with { LossType = Choice<LossType>(TrainingKeys.LossType, v) }),
        Training(TrainingKeys.LabelSmoothing, o => Number(o.LabelSmoothing), (o, v) => o with { LabelSmoothing = Number(v) }),
        Training(TrainingKeys.ZLoss, o => Number(o.ZLoss), (o, v) => o with { ZLoss = Number(v) }),
        Training(TrainingKeys.NeftuneNoiseAlpha, o => Number(o.NeftuneNoiseAlpha), (o, v) => o with { NeftuneNoiseAlpha = Number(v) }),
        Training(
            TrainingKeys.Average, o => Choice(TrainingKeys.Average, o.Average),
            (o, v) => o with { Average = Choice<WeightAveraging>(TrainingKeys.Average, v) }),
        Training(TrainingKeys.EmaDecay, o => Number(o.EmaDecay), (o, v) => o with { EmaDecay = Number(v) }),
        Training(TrainingKeys.AverageLast, o => Integer(o.AverageLast), (o, v) => o with { AverageLast = Integer(v)!.Value }),
        Training(TrainingKeys.SwaStart, o => Number(o.SwaStart), (o, v) => o with { SwaStart = Number(v) }),
        Training(TrainingKeys.SwaEvery, o => Integer(o.SwaEvery), (o, v) => o with { SwaEvery = Integer(v)!.Value }),
        Training(TrainingKeys.Seed, o => Integer(o.Seed), (o, v) => o with { Seed = Integer(v)!.Value }),
        Training(TrainingKeys.SaveSteps, o => OptionalNumber(o.SaveSteps), (o, v) => o with { SaveSteps = OptionalNumber(v) }),
        Training(TrainingKeys.SaveTotalLimit, o => Integer(o.SaveTotalLimit), (o, v) => o with { SaveTotalLimit = Integer(v)!.Value }),
        Training(TrainingKeys.EvalSteps, o => OptionalNumber(o.EvalSteps), (o, v) => o with { EvalSteps = OptionalNumber(v) }),
        Training(
            TrainingKeys.MetricForBestModel, o => Choice(TrainingKeys.MetricForBestModel, o.MetricForBestModel),
            (o, v) => o with { MetricForBestModel = Choice<EvaluationMetric>(TrainingKeys.MetricForBestModel, v) }),
        Training(TrainingKeys.LoadBest, o => Boolean(o.LoadBest), (o, v) => o with { LoadBest = Boolean(v) }),
        Training(
            TrainingKeys.EarlyStoppingPatience, o => Integer(o.EarlyStoppingPatience),
            (o, v) => o with { EarlyStoppingPatience = Integer(v) }),
        Training(
            TrainingKeys.EarlyStoppingThreshold, o => Number(o.EarlyStoppingThreshold),
            (o, v) => o with { EarlyStoppingThreshold = Number(v) }),

        Grpo(GrpoKeys.NumGenerations, o => Integer(o.NumGenerations), (o, v) => o with { NumGenerations = Integer(v)!.Value }),
        Grpo(GrpoKeys.MaxCompletionLength, o => Integer(o.MaxCompletionLength), (o, v) => o with { MaxCompletionLength = Integer(v)!.Value }),
        Grpo(GrpoKeys.Temperature, o => Number(o.Temperature), (o, v) => o with { Temperature = Number(v) }),
        Grpo(GrpoKeys.TopK, o => Integer(o.TopK), (o, v) => o with { TopK = Integer(v)!.Value }),
        Grpo(GrpoKeys.TopP, o => Number(o.TopP), (o, v) => o with { TopP = Number(v) }),
        Grpo(GrpoKeys.Beta, o => Number(o.Beta), (o, v) => o with { Beta = Number(v) }),
        Grpo(GrpoKeys.EpsilonLow, o => Number(o.EpsilonLow), (o, v) => o with { EpsilonLow = Number(v) }),
        Grpo(GrpoKeys.EpsilonHigh, o => OptionalNumber(o.EpsilonHigh), (o, v) => o with { EpsilonHigh = OptionalNumber(v) }),
        Grpo(GrpoKeys.NumIterations, o => Integer(o.NumIterations), (o, v) => o with { NumIterations = Integer(v)!.Value }),
        Grpo(
            GrpoKeys.Objective, o => Choice(GrpoKeys.Objective, o.Objective),
            (o, v) => o with { Objective = Choice<GrpoObjective>(GrpoKeys.Objective, v) }),
        Grpo(
            GrpoKeys.ScaleRewards, o => Choice(GrpoKeys.ScaleRewards, o.ScaleRewards),
            (o, v) => o with { ScaleRewards = Choice<RewardScaling>(GrpoKeys.ScaleRewards, v) }),
        Grpo(
            GrpoKeys.MaskTruncatedCompletions, o => Boolean(o.MaskTruncatedCompletions),
            (o, v) => o with { MaskTruncatedCompletions = Boolean(v) }),

        Evaluation(
            EvaluationKeys.Metrics, o => Choices(EvaluationKeys.Metrics, o.Metrics),
            (o, v) => o with { Metrics = v is null ? [] : Choices<Metric>(EvaluationKeys.Metrics, v) }),
        Evaluation(EvaluationKeys.Rows, o => Integer(o.Rows), (o, v) => o with { Rows = Integer(v)!.Value }),
        Evaluation(EvaluationKeys.MaxNewTokens, o => Integer(o.MaxNewTokens), (o, v) => o with { MaxNewTokens = Integer(v)!.Value }),
    ];

    /// <summary>What a recipe gives, for the rules between keys.</summary>
    public static KeySettings Settings(RecipeOptions options)
    {
        var settings = new KeySettings();
        foreach (var binding in All)
        {
            if (binding.Get(options) is { } value)
                settings.Set(binding.Key, value);
        }

        return settings;
    }

    private static RecipeBinding Model(Key key, Func<ModelOptions, KeyValue?> get, Func<ModelOptions, KeyValue?, ModelOptions> set) =>
        new(key, recipe => get(recipe.Model), (recipe, value) => recipe with { Model = set(recipe.Model, value) });

    private static RecipeBinding Data(Key key, Func<DataOptions, KeyValue?> get, Func<DataOptions, KeyValue?, DataOptions> set) =>
        new(key, recipe => get(recipe.Data), (recipe, value) => recipe with { Data = set(recipe.Data, value) });

    // Without an adapter its keys have no values; that they then set nothing is a mistake by their rule.
    private static RecipeBinding Adapter(Key key, Func<LoraOptions, KeyValue?> get, Func<LoraOptions, KeyValue?, LoraOptions> set) =>
        new(
            key,
            recipe => recipe.Adapter is { } adapter ? get(adapter) : null,
            (recipe, value) => recipe.Adapter is { } adapter ? recipe with { Adapter = set(adapter, value) } : recipe);

    private static RecipeBinding Training(Key key, Func<TrainingOptions, KeyValue?> get, Func<TrainingOptions, KeyValue?, TrainingOptions> set) =>
        new(key, recipe => get(recipe.Training), (recipe, value) => recipe with { Training = set(recipe.Training, value) });

    private static RecipeBinding Grpo(Key key, Func<GrpoOptions, KeyValue?> get, Func<GrpoOptions, KeyValue?, GrpoOptions> set) =>
        new(key, recipe => get(recipe.Grpo), (recipe, value) => recipe with { Grpo = set(recipe.Grpo, value) });

    private static RecipeBinding Evaluation(Key key, Func<EvaluationOptions, KeyValue?> get, Func<EvaluationOptions, KeyValue?, EvaluationOptions> set) =>
        new(key, recipe => get(recipe.Evaluation), (recipe, value) => recipe with { Evaluation = set(recipe.Evaluation, value) });

    private static KeyValue.Text? Text(string? value) => value is null ? null : new(value);

    private static string? Text(KeyValue? value) => (value as KeyValue.Text)?.Value;

    private static KeyValue Files(DataFiles files) => KeyFiles.Value([.. files.Select(file => new KeyFile(file.Path, file.Weight))]);

    private static DataFiles Files(KeyValue? value) => [.. KeyFiles.Of(value).Select(file => new DataFile(file.Path, file.Weight))];

    private static KeyValue.Integer? Integer(int? value) => value is { } integer ? new(integer) : null;

    private static int? Integer(KeyValue? value) => (value as KeyValue.Integer)?.Value;

    private static KeyValue.Number Number(double value) => new(value);

    private static double Number(KeyValue? value) => ((KeyValue.Number)value!).Value;

    private static KeyValue.Number? OptionalNumber(double? value) => value is { } number ? new(number) : null;

    private static double? OptionalNumber(KeyValue? value) => (value as KeyValue.Number)?.Value;

    private static KeyValue.Boolean Boolean(bool value) => new(value);

    private static bool Boolean(KeyValue? value) => ((KeyValue.Boolean)value!).Value;

    private static EquatableArray<string> List(KeyValue? value) => ((KeyValue.List)value!).Items;

    private static KeyValue.List? OptionalList(IReadOnlyList<string> items) => items.Count == 0 ? null : new(new(items));

    private static string[] OptionalList(KeyValue? value) => value is KeyValue.List list ? [.. list.Items] : [];

    private static KeyValue.Map? Map(IReadOnlyList<KeyValuePair<string, double>> entries) =>
        entries.Count == 0 ? null : new(new(entries.Select(entry => new NamedNumber(entry.Key, entry.Value))));

    private static KeyValuePair<string, double>[] Map(KeyValue? value) =>
        value is KeyValue.Map map ? [.. map.Entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))] : [];

    // Names in C# are the table's; parsing them needs no reflection of ours.
    private static KeyValue.Text Choice<T>(Key key, T value)
        where T : struct, Enum => new(key.Choices.First(choice => choice.CSharpName == value.ToString()).Name);

    private static T Choice<T>(Key key, KeyValue? value)
        where T : struct, Enum => Enum.Parse<T>(key.Choices.First(choice => choice.Name == Text(value)).CSharpName);

    private static KeyValue.List? Choices<T>(Key key, IReadOnlyList<T> values)
        where T : struct, Enum => values.Count == 0 ? null : new(new(values.Select(value => Choice(key, value).Value)));

    private static T[] Choices<T>(Key key, KeyValue? value)
        where T : struct, Enum => [.. List(value).Select(item => Choice<T>(key, new KeyValue.Text(item)))];
}
