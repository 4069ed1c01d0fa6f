using FineTune.App.Reports;
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
        Row("total", Quantity.Bytes(plan.Memory.Total));

        Section("Data");
        Row("rows", Quantity.Count(plan.Rows), options.Data.Train);
        if (plan.DroppedRows > 0)
            Row("dropped", Quantity.Count(plan.DroppedRows), "longer than data.max_length");
        if (plan.TruncatedRows > 0)
            Row("truncated", Quantity.Count(plan.TruncatedRows), "to data.max_length");
        Row("sequences", Quantity.Count(plan.Sequences));
        Row("tokens of an epoch", Quantity.Count(plan.TokensPerEpoch));
        Row("of them trained", Quantity.Count(plan.TrainedTokensPerEpoch), Quantity.Percent((double)plan.TrainedTokensPerEpoch / Math.Max(1, plan.TokensPerEpoch)));

        Section("Run");
        Row("steps", Quantity.Count(plan.Steps), $"{plan.MicroBatches / (double)Math.Max(1, plan.Steps):0.#} micro-batches each");
        Row("learning rate", Quantity.LearningRate(options.Training.LearningRate), $"at its peak; schedule {options.Training.Schedule}");
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
