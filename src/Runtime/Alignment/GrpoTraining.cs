using FineTune.Hooks;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.Alignment;

/// <summary>
/// Group relative policy optimization (DeepSeekMath, Shao et al. 2024). Each round samples completions of the step's prompts; they
/// are learned from for <see cref="GrpoOptions.NumIterations"/> steps.
/// </summary>
internal sealed class GrpoTraining : ITrainingMethod, IDisposable
{
    private readonly TrainingSetup _setup;
    private readonly GrpoOptions _options;
    private readonly IReadOnlyList<RewardWeight> _rewards;
    private readonly CompletionSampler _sampler;
    private readonly PolicyGradient _policy;
    private readonly CompletionGroups _groups;
    private readonly CausalLanguageModel? _reference;
    private IReadOnlyList<Completion> _round = [];

    /// <param name="setup">The run, with its model loaded.</param>
    /// <param name="rewards">The recipe's rewards.</param>
    public GrpoTraining(TrainingSetup setup, IReadOnlyList<RewardWeight> rewards)
    {
        (_setup, _options, _rewards) = (setup, setup.Options.Grpo, rewards);
        _sampler = new CompletionSampler(setup.Model!, setup.Options, setup.Tokenizer, StopTokens.Of(setup.Options.Model.Base, setup.Config, setup.Tokenizer));
        _policy = new PolicyGradient(_options, setup.Options.Training.MicroBatchTokens);
        _groups = new CompletionGroups(_options, rewards, _policy);
        // With an adapter the base model is the same one, its adapter off.
        if (_options.Beta > 0 && setup.Adapters is null)
            _reference = setup.LoadBase();
    }

    public bool CanResumeAfter(int steps) => steps % _options.NumIterations == 0;

    public StepGradients AddGradients(int step, IReadOnlyList<int> sequences)
    {
        if (step % _options.NumIterations == 0)
        {
            var completions = _sampler.Sample(step / _options.NumIterations, [.. sequences.Select(i => _setup.Rows.Sequences[i])]);
            _round = _groups.Compare(completions, _setup.Model!, _setup.Adapters, _reference);
        }

        var result = _policy.AddGradients(_setup.Model!, _round);
        return new StepGradients(result.Loss, _round.Sum(completion => (long)completion.Sequence.Length), result.Tokens)
        {
            Metrics = RoundMetrics.Of(_round, _rewards, _options, result),
        };
    }

    public void Dispose() => _reference?.Dispose();
}
