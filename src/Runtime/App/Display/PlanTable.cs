using FineTune.App.Reports;
using FineTune.Keys;
using FineTune.Recipes;
using FineTune.Training;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>What a run will do, in full.</summary>
internal static class PlanTable
{
    public static Grid Of(RecipeOptions options, TrainingPlan plan)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().RightAligned().NoWrap().PadRight(3)).AddColumn();
        Section("Model");
        Row("parameters", Quantity.Count(plan.Parameters));
        Row("trained", Quantity.Count(plan.TrainableParameters), Quantity.Percent((double)plan.TrainableParameters / plan.Parameters));
        Row("weights stored as", plan.WeightDType);
        Row("products in", plan.ProductDType, plan.ProductDTypeReason);

        Section("Memory");
        Row("weights", Quantity.Bytes(plan.Memory.Weights));
        if (options.Adapter is not null)
            Row("adapter", Quantity.Bytes(plan.Memory.Adapter));
        Row("optimizer", Quantity.Bytes(plan.Memory.Optimizer), "moments and gradients");
        Row("activations", Quantity.Bytes(plan.Memory.Activations), "of the largest micro-batch");
        if (plan.Memory.Reference > 0)
            Row("reference", Quantity.Bytes(plan.Memory.Reference), "the base model, for the divergence from it");
        if (plan.Memory.Sampling > 0)
            Row("sampling", Quantity.Bytes(plan.Memory.Sampling), "keys and values of completions");
        Row("total", Quantity.Bytes(plan.Memory.Total));

        Section("Data");
        Row("rows", Quantity.Count(plan.Rows), plan.Files.Count > 1 ? "" : options.Data.Train.ToString());
        if (plan.Files.Count > 1 || plan.Files.Any(file => file.Weight != 1))
        {
            foreach (var file in plan.Files)
                Row("  of them", Quantity.Count(file.Rows), $"{file.Path}; an epoch uses {Quantity.Count(file.UsedRows)} (weight {NumberText.Write(file.Weight)})");
        }

        if (options.Data.TestSize is not null)
            Row("held out", Quantity.Count(plan.HeldOutRows), options.Data.SplitBy is { } column ? $"by '{column}'" : "by their content");
        if (plan.FilteredRows > 0)
            Row("filtered", Quantity.Count(plan.FilteredRows), "left out by the recipe's Filter");
        if (plan.DroppedRows > 0)
            Row("dropped", Quantity.Count(plan.DroppedRows), "longer than data.max_length");
        if (plan.TruncatedRows > 0)
            Row("truncated", Quantity.Count(plan.TruncatedRows), "to data.max_length");
        Row("sequences", Quantity.Count(plan.Sequences));
        Row("tokens of an epoch", Quantity.Count(plan.TokensPerEpoch));
        if (plan.CompletionsPerEpoch > 0)
            Row("completions", Quantity.Count(plan.CompletionsPerEpoch), $"sampled and judged in an epoch, {options.Grpo.NumGenerations} a prompt, of at most {Quantity.Count(options.Grpo.MaxCompletionLength)} tokens");
        else
            Row("of them trained", Quantity.Count(plan.TrainedTokensPerEpoch), Quantity.Percent((double)plan.TrainedTokensPerEpoch / Math.Max(1, plan.TokensPerEpoch)));

        Section("Run");
        Row("steps", Quantity.Count(plan.Steps), plan.MicroBatches == plan.Steps ? "one micro-batch each" : $"{plan.MicroBatches / (double)Math.Max(1, plan.Steps):0.#} micro-batches each");
        Row("learning rate", Quantity.LearningRate(options.LearningRate), $"at its peak; schedule {options.Training.Schedule}");
        Row("seed", options.Training.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return grid;

        void Section(string name)
        {
            if (grid.Rows.Count > 0)
                grid.AddEmptyRow();
            grid.AddRow($"[bold]{name}[/]", "", "");
        }

        void Row(string name, string value, string note = "") =>
            grid.AddRow("  " + name, TerminalText.Escape(value), note.Length == 0 ? "" : $"[grey]{TerminalText.Escape(note)}[/]");
    }

    public static string Title(RecipeOptions options) =>
        $"[bold]{TerminalText.Escape(options.Name)}[/]: {TerminalText.Escape(PlanSummary.Method(options))}";
}
