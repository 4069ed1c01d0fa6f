using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>How often a run saves and evaluates.</summary>
internal static class CadenceImport
{
    // What transformers' trainer takes where steps are meant and none are given.
    private const double DefaultSteps = 500;

    public static void Convert(ImportContext context)
    {
        var epochs = (context.Root["num_epochs"] ?? context.Root["num_train_epochs"])?.Number ?? (context.Tool == ConfigurationTool.Axolotl ? 1 : 3);
        ConvertSaves(context, epochs);
        ConvertEvaluations(context, epochs);
        context.Leave("greater_is_better");
    }

    private static void ConvertSaves(ImportContext context, double epochs)
    {
        if (context.Number("saves_per_epoch") is { } saves and > 0)
            SetShare(context, TrainingKeys.SaveSteps, saves * epochs);
        var strategy = context.Text("save_strategy");
        if (strategy == "epoch")
            SetShare(context, TrainingKeys.SaveSteps, epochs);
        if (strategy == "steps" && context.Root["save_steps"] is null)
            context.Set(TrainingKeys.SaveSteps, new KeyValue.Number(DefaultSteps));
        if (strategy == "best")
            context.Set(TrainingKeys.LoadBest, new KeyValue.Boolean(true));
        // Without checkpoints in between, their distance means nothing.
        if (strategy == "epoch" || context.Root["save_strategy"] is { IsNothing: true, Text: not null })
            context.Take("save_steps");
    }

    private static void ConvertEvaluations(ImportContext context, double epochs)
    {
        var isAxolotl = context.Tool == ConfigurationTool.Axolotl;
        if (context.Number("evals_per_epoch") is { } evaluations)
        {
            if (evaluations > 0)
                SetShare(context, TrainingKeys.EvalSteps, evaluations * epochs);
            return;
        }

        var isOff = context.Root["eval_strategy"] is { IsNothing: true, Text: not null };
        var strategy = context.Text("eval_strategy") ?? context.Text("evaluation_strategy");
        var isGiven = context.Root["eval_steps"] is { IsNothing: false };
        var hasTest = context.Settings.TryGet(DataKeys.Test, out _) || context.Settings.TryGet(DataKeys.TestSize, out _);
        if (strategy == "epoch" || (isAxolotl && hasTest && strategy is null && !isOff && !isGiven))
        {
            context.Take("eval_steps");
            SetShare(context, TrainingKeys.EvalSteps, epochs);
        }
        else if (strategy == "steps" && !isGiven)
        {
            var steps = context.Root["logging_steps"]?.Number ?? (context.Tool == ConfigurationTool.Trl ? 10 : DefaultSteps);
            context.SetOrMiss("eval_strategy", TrainingKeys.EvalSteps, new KeyValue.Number(steps));
        }
        else if (strategy is null && (isOff || !isAxolotl))
        {
            // The trainer does not evaluate then, whatever the steps are.
            context.Leave("eval_steps");
        }
    }

    // So many times in the whole run, as a share of its steps; there is always one at the end, and of evaluations only if there are any.
    private static void SetShare(ImportContext context, Key key, double times)
    {
        if (times > 1 || key == TrainingKeys.EvalSteps)
            context.Set(key, new KeyValue.Number(times <= 1 ? 0.9999 : Math.Round(1 / times, 4)));
    }
}
