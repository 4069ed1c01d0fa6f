using System.CommandLine;
using FineTune.App.Display;
using FineTune.Generation;

namespace FineTune.App.Commands;

/// <summary><c>generate</c>: continues prompts by the base and the tuned model, side by side.</summary>
internal sealed class GenerateCommand
{
    private readonly CommandContext _context;

    private readonly Argument<string[]> _words = new("prompt")
    {
        Description = "Texts to continue, or rows as JSON objects without their completion; after the recipe's name, if the project has "
            + "several. Without one, standard input is read: JSON objects a line each, or one text.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<double> _temperature = new("--temperature")
    {
        Description = "Divides the logits before sampling; 0 takes the most likely token each time.",
        HelpName = "t",
    };

    private readonly Option<int> _topK = new("--top-k") { Description = "Samples among this many most likely tokens; 0 is all.", HelpName = "k" };

    private readonly Option<double> _topP = new("--top-p")
    {
        Description = "Samples among the most likely tokens that together have this probability.",
        HelpName = "p",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int?> _maxNewTokens = new("--max-new-tokens") { Description = "The most tokens of an answer. Default: evaluation.max_new_tokens.", HelpName = "n" };

    private readonly Option<int?> _seed = new("--seed") { Description = "Seeds sampling. Default: training.seed.", HelpName = "n" };

    private readonly Option<string[]> _set = RecipeArguments.NewSet();

    public GenerateCommand(CommandContext context)
    {
        _context = context;
        UnknownOption.Reject(_words);
        NumberOption.Between(_temperature, 0.0, 100);
        NumberOption.AtLeast(_topK, 0);
        NumberOption.Between(_topP, 0.0, 1);
        NumberOption.AtLeast(_maxNewTokens, 1);
    }

    public Command Create()
    {
        var command = new Command("generate", "Continues prompts by the base and the tuned model, side by side.") { _words };
        foreach (var option in new Option[] { _temperature, _topK, _topP, _maxNewTokens, _seed, _set })
            command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var (name, prompts) = Split(parsed.GetValue(_words) ?? []);
        var (pipeline, options, folder) = _context.Select(name, parsed.GetValue(_set) ?? []);
        var generation = new GenerationOptions
        {
            Temperature = parsed.GetValue(_temperature),
            TopK = parsed.GetValue(_topK),
            TopP = parsed.GetValue(_topP),
            MaxNewTokens = parsed.GetValue(_maxNewTokens) ?? options.MeasuredTokens,
            Seed = parsed.GetValue(_seed) ?? options.Training.Seed,
        };
        // Given prompts are read before the models are loaded, typed ones one by one.
        IEnumerable<string> contexts = (prompts.Count > 0 ? prompts : Read()).Select(prompt => PromptInput.Context(pipeline, options, prompt));
        if (prompts.Count > 0 || _context.Terminal.InputRedirected)
            contexts = contexts.ToList();

        using var interruption = new Interruption(() => { });
        using var models = _context.Runner.OpenModels(options, folder);
        var display = new ContinuationDisplay(_context.Terminal, models, generation);
        if (!models.HasTuned)
            display.Notice($"{options.Name} is not trained yet: only the base model answers. '{_context.Invocation("train", options.Name)}' trains it.");
        foreach (var context in contexts)
        {
            display.Show(context, interruption.Token);
            if (interruption.Token.IsCancellationRequested)
                return interruption.ExitCode;
        }

        return ExitCode.Done;
    }

    // The first word is the recipe's name if it is one; where the project has several recipes it has to be.
    private (string? Name, IReadOnlyList<string> Prompts) Split(string[] words)
    {
        if (words.Length == 0)
            return (null, words);
        return _context.Pipelines.Count > 1 || RecipeSelection.TryFind(_context.Pipelines, words[0]) is not null
            ? (words[0], words[1..])
            : (null, words);
    }

    private IEnumerable<string> Read() => _context.Terminal.InputRedirected
        ? PromptInput.Split(_context.Terminal.In.ReadToEnd())
        : Ask();

    private IEnumerable<string> Ask()
    {
        var terminal = _context.Terminal;
        terminal.Out.Profile.Out.Writer.WriteLine("Type a prompt, or a row as a JSON object. An empty line ends.");
        while (true)
        {
            terminal.Out.Profile.Out.Writer.Write("> ");
            if (terminal.In.ReadLine() is not { Length: > 0 } line)
                yield break;
            yield return line;
        }
    }
}
