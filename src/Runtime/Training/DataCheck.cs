using FineTune.Data;
using FineTune.Data.Checks;
using FineTune.Models;
using FineTune.Recipes;

namespace FineTune.Training;

/// <summary>Checks every row of a recipe as training would, and goes on behind a mistake.</summary>
internal sealed class DataCheck
{
    private readonly RecipeRows _rows;
    private readonly RowPreparation _preparation;
    private readonly RepeatedRows _repeated = new();

    private DataCheck(TrainingPipeline pipeline, RecipeOptions options, RowPreparation preparation)
    {
        _preparation = preparation;
        _rows = new RecipeRows(pipeline, options);
    }

    /// <summary>Checks the training files, and then the held-out rows.</summary>
    /// <exception cref="FineTuneException">A file does not exist, or the rows cannot be split as the recipe says.</exception>
    public static IReadOnlyList<CheckedFile> Run(TrainingPipeline pipeline, RecipeOptions options)
    {
        var check = new DataCheck(pipeline, options, RowPreparation.Of(options, ModelConfig.Load(options.Model.Base)));
        var files = options.Data.Train.Select(file => check.Read(new CheckedFile(file.Path, IsTest: false), check._rows.Training(file.Path))).ToList();
        if (options.Data.HasTest)
            files.Add(check.Read(new CheckedFile(options.Data.TestName, IsTest: true), check._rows.Test()));
        return files;
    }

    /// <summary>Checks the first rows of the files that exist.</summary>
    /// <param name="pipeline">The recipe.</param>
    /// <param name="options">Its options.</param>
    /// <param name="preparation">Makes sequences of its rows.</param>
    /// <param name="rows">How many of each file.</param>
    public static IReadOnlyList<CheckedFile> First(TrainingPipeline pipeline, RecipeOptions options, RowPreparation preparation, int rows)
    {
        var check = new DataCheck(pipeline, options, preparation);
        var files = options.Data.Train.Select(file => new CheckedFile(file.Path, IsTest: false)).ToList();
        if (options.Data.Test is { } test)
            files.Add(new CheckedFile(test, IsTest: true));
        return [.. files.Where(file => File.Exists(file.Path)).Select(file => check.Read(file, check._rows.First(file.Path, rows)))];
    }

    private CheckedFile Read(CheckedFile file, IEnumerable<ReadRow> rows)
    {
        var findings = new List<RowFinding>();
        foreach (var (_, found, mistake) in rows)
        {
            file = file with { Rows = file.Rows + 1 };
            if (mistake is not null)
                findings.Add(RowFinding.Of(mistake));
            else if (found is { } row)
                file = Check(file, row, findings);
            else
                file = file with { Filtered = file.Filtered + 1 };
        }

        if (file.Rows == 0)
            findings.Add(new RowFinding("FT5312", IsError: true, "The file has no rows.", file.Path));
        return file with { Findings = findings };
    }

    private CheckedFile Check(CheckedFile file, PromptRow row, List<RowFinding> findings)
    {
        var sequence = _preparation.Tokenize(row);
        findings.AddRange(_preparation.Find(row, sequence));
        findings.AddRange(file.IsTest ? _repeated.CheckTest(row) : _repeated.Check(row));
        var tooLong = sequence.Length > _preparation.Limit.MaxLength;
        if (tooLong && (_preparation.Samples || sequence.TrainedTokens > 0))
            findings.AddRange(_preparation.Limit.Check(sequence));
        return file with
        {
            TooLong = file.TooLong + (tooLong ? 1 : 0),
            Tokens = file.Tokens + sequence.Length,
            TrainedTokens = file.TrainedTokens + sequence.TrainedTokens,
            Longest = Math.Max(file.Longest, sequence.Length),
        };
    }
}
