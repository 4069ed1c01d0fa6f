using FineTune.Data.Files;
using FineTune.Recipes;

namespace FineTune.Data;

/// <summary>The rows of a recipe, rendered: those to train on, file by file, and those held out.</summary>
internal sealed class RecipeRows
{
    private readonly DataOptions _data;
    private readonly PromptFile _reader;
    private readonly IReadOnlyList<TextColumn> _columns;
    private readonly Lazy<RowSplit?> _split;

    /// <param name="pipeline">Knows the rows' shape and their prompt.</param>
    /// <param name="options">The recipe, overrides included.</param>
    public RecipeRows(TrainingPipeline pipeline, RecipeOptions options)
    {
        _data = options.Data;
        _reader = new PromptFile(pipeline, pipeline.ChatFormat(options));
        _columns = pipeline.TextColumns;
        _split = new(() => RowSplit.Of(options.Data, _columns));
    }

    /// <summary>The training rows of a file.</summary>
    /// <exception cref="FineTuneException">FT5011: the file does not exist. FT5128, FT5129: it cannot be split as the recipe says.</exception>
    public IEnumerable<ReadRow> Training(string path) =>
        RowFile.Read(path, _columns)
            .Where(line => _split.Value?.HoldsOut(path, line) != true)
            .Take(_data.Limit ?? int.MaxValue)
            .Select(line => _reader.Read(path, line));

    /// <summary>The first rows of a file, whichever side of a split they are on.</summary>
    /// <exception cref="FineTuneException">FT5011: the file does not exist.</exception>
    public IEnumerable<ReadRow> First(string path, int count) => RowFile.Read(path, _columns).Take(count).Select(line => _reader.Read(path, line));

    /// <summary>The held-out rows: those of the recipe's file, or else those that its rule takes from the training files.</summary>
    /// <param name="chosen">Chooses rows by their place among the held-out ones, from 0; the others are not looked at.</param>
    /// <exception cref="FineTuneException">As <see cref="Training"/>.</exception>
    public IEnumerable<ReadRow> Test(Func<int, bool>? chosen = null)
    {
        var place = 0;
        foreach (var (path, line) in TestLines())
        {
            if (chosen?.Invoke(place++) != false)
                yield return _reader.Read(path, line);
        }
    }

    /// <summary>The number of held-out rows, the recipe's filter aside.</summary>
    public int CountTest() => TestLines().Count();

    private IEnumerable<(string Path, JsonLine Line)> TestLines()
    {
        if (_data.Test is { } test)
            return RowFile.Read(test, _columns).Select(line => (test, line));
        return _split.Value is not { } split
            ? []
            : _data.Train.Select(file => file.Path).Distinct(StringComparer.Ordinal)
                .SelectMany(path => RowFile.Read(path, _columns).Where(line => split.HoldsOut(path, line)).Select(line => (path, line)));
    }
}
