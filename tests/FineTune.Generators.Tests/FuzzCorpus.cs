using System.Globalization;
using System.Text.Json;
using FineTune.TestSupport;

namespace FineTune.Generators.Tests;

/// <summary>The inputs that fuzzing starts from, and those that it has found to be new: kept in the repository, so that they are tried again.</summary>
internal sealed class FuzzCorpus
{
    private const int LargestInput = 2048;
    private const int MostInputs = 400;

    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "tests", "FineTune.Generators.Tests", "Corpus", "recipes.jsonl");

    private readonly List<string> _inputs;
    private readonly HashSet<string> _known = [];
    private long _recipes;
    private long _prompts;
    private int _found;

    public FuzzCorpus(IEnumerable<string> recipes)
    {
        var inputs = Inputs;
        _inputs = [.. recipes, .. inputs.Select(input => input.Text)];
        _known.UnionWith(inputs.Select(input => input.Ids));
    }

    /// <summary>An input, with the diagnostics that it raised when it was found.</summary>
    public sealed record Input(string Ids, string Text);

    /// <summary>What is kept: a JSON object a line, so that no editor and no version control changes a byte.</summary>
    public static IReadOnlyList<Input> Inputs => [.. File.ReadLines(Path).Select(line => JsonSerializer.Deserialize<Input>(line)!)];

    public string Pick(Random random) => _inputs[random.Next(_inputs.Count)];

    public void Count(bool prompt) => _ = prompt ? _prompts++ : _recipes++;

    /// <summary>Keeps an input that raises a set of diagnostics that none has raised before.</summary>
    public void Offer(string input, string ids)
    {
        if (input.Length > LargestInput || _inputs.Count >= MostInputs || !_known.Add(ids))
            return;
        _inputs.Add(input);
        _found++;
        Keep(new(ids, input));
    }

    /// <summary>Adds an input to the file.</summary>
    public static void Keep(Input input) => File.AppendAllText(Path, JsonSerializer.Serialize(input) + "\n");

    /// <summary>Adds the run's counts to <c>artifacts/fuzz-recipes.txt</c>.</summary>
    public void Report(int seed) => File.AppendAllText(
        System.IO.Path.Combine(Repository.Root, "artifacts", "fuzz-recipes.txt"),
        string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {_recipes} recipes, {_prompts} prompts, {_found} new sets of diagnostics of {_known.Count}\n"));
}
