using System.Globalization;
using System.Reflection;
using FineTune.App.Display;
using FineTune.Data.Checks;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tokenization;
using FineTune.Training;

namespace FineTune.App;

/// <summary>Checks the first rows of every recipe of a program for the build that made it.</summary>
/// <param name="rows">How many rows of a file.</param>
internal sealed class BuildRowCheck(int rows)
{
    // Recipes of a project mostly share a model, and its tokenizer takes longer to read than their rows.
    private readonly Dictionary<string, (ModelConfig Config, Tokenizer Tokenizer)?> _models = new(StringComparer.Ordinal);

    /// <summary>Does what the build asks for on the command line.</summary>
    /// <param name="program">The assembly with the recipes.</param>
    /// <param name="args">The program's arguments.</param>
    /// <returns>The exit code; <see langword="null"/> if the build asks for nothing, so that the program is to run.</returns>
    public static int? Run(Assembly program, IReadOnlyList<string> args)
    {
        if (args is not ["check-rows", var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
            return null;
        try
        {
            return new BuildRowCheck(rows).Check(Pipelines(program), Console.Out) ? ExitCode.Done : ExitCode.UserMistake;
        }
        catch (Exception exception)
        {
            return FailureReport.Write(Terminal.OfProcess().Error, exception);
        }
    }

    /// <summary>Writes a line for each kind of finding in each file.</summary>
    /// <param name="pipelines">The recipes.</param>
    /// <param name="output">Where to.</param>
    /// <returns>Whether there is no error among them.</returns>
    public bool Check(IEnumerable<TrainingPipeline> pipelines, TextWriter output)
    {
        // Recipes that share rows mostly share what is wrong with them.
        var written = new HashSet<string>(StringComparer.Ordinal);
        var succeeded = true;
        foreach (var pipeline in pipelines)
        {
            foreach (var (isError, line) in Findings(pipeline))
            {
                succeeded &= !isError;
                if (written.Add(line))
                    output.WriteLine(TerminalText.Visible(line));
            }
        }

        return succeeded;
    }

    private IEnumerable<(bool IsError, string Line)> Findings(TrainingPipeline pipeline)
    {
        try
        {
            var options = pipeline.Options;
            if (Model(options.Model.Base) is not { } model)
                return [];
            var files = DataCheck.First(pipeline, options, RowPreparation.Of(options, model.Config, model.Tokenizer), rows);
            return [.. files.SelectMany(Summary)];
        }
        catch (FineTuneException exception)
        {
            return [(true, exception.Report)];
        }
    }

    private IEnumerable<(bool IsError, string Line)> Summary(CheckedFile file)
    {
        var checkedRows = file.Rows < rows ? "the file" : $"the file's first {Quantity.Count(rows)}";
        foreach (var group in file.Findings.GroupBy(finding => finding.IsError))
        {
            var summary = new FindingSummary(checkedRows);
            foreach (var finding in group)
                summary.Add(file.Path, finding);
            foreach (var line in summary.Lines())
                yield return (group.Key, line);
        }
    }

    /// <summary>A model folder; <see langword="null"/> where it, or its tokenizer, only comes to be later.</summary>
    private (ModelConfig Config, Tokenizer Tokenizer)? Model(string folder)
    {
        if (!_models.TryGetValue(folder, out var model))
            _models[folder] = model = Open(folder);
        return model;
    }

    private static (ModelConfig Config, Tokenizer Tokenizer)? Open(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "config.json")))
            return null;
        try
        {
            return (ModelConfig.Load(folder), Tokenizer.Load(folder));
        }
        catch (FineTuneException exception) when (exception.Code == "FT5201")
        {
            return null;
        }
    }

    private static IEnumerable<TrainingPipeline> Pipelines(Assembly program) => program.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(TrainingPipeline)) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null)
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (TrainingPipeline)Activator.CreateInstance(type)!);
}
