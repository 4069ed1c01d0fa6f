using System.Globalization;
using FineTune.Adapters;
using FineTune.Alignment;
using FineTune.Hooks;
using FineTune.Keys;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Storage;
using FineTune.Tensors;
using FineTune.Training.Checkpoints;
using FineTune.Training.Optimizers;
using static TorchSharp.torch;

namespace FineTune.Training;

/// <summary>Runs a recipe's training: from rows and base model to a folder with the result, resuming where it was interrupted.</summary>
public static class TrainingRun
{
    /// <summary>What a run would do; nothing is trained.</summary>
    /// <exception cref="FineTuneException">Model or rows cannot be used.</exception>
    public static TrainingPlan Plan(TrainingPipeline pipeline, RecipeOptions options)
    {
        TorchLibrary.Load();
        using var setup = TrainingSetup.Prepare(pipeline, options);
        return setup.Plan();
    }

    /// <summary>Trains, or finds that the same run has ended already.</summary>
    /// <param name="pipeline">The recipe's rows and prompt.</param>
    /// <param name="options">The recipe, overrides included.</param>
    /// <param name="folder">Where everything goes.</param>
    /// <param name="observer">Hears of each step.</param>
    /// <param name="stop">Asks to stop after the current step; a checkpoint is saved.</param>
    /// <param name="inputs">The hashes of what the run learns from, where they are known: to compute them reads all weights of the base model.</param>
    /// <exception cref="FineTuneException">Model or rows cannot be used, a file cannot be written, or the loss is not finite (FT5321).</exception>
    public static TrainingResult Execute(
        TrainingPipeline pipeline, RecipeOptions options, RunFolder folder, ITrainingObserver observer, CancellationToken stop, RunInputs? inputs = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(observer);
        TorchLibrary.Load();
        observer = new HookObserver(observer, pipeline);
        CheckRewards(pipeline, options);
        var run = RunIdentity.Of(options, inputs ?? RunInputs.Of(options), pipeline.Loss, pipeline.RowCode(judges: options.Training.Samples));
        var checkpoints = new CheckpointFolder(folder.CheckpointsFolder);
        var finished = FinishedRun.Read(folder);
        if (finished?.Run == run)
            return finished.Result with { AlreadyFinished = true };
        var newest = checkpoints.Newest(run);
        if (newest is null && (finished is not null || checkpoints.HasAny) && folder.SetAside())
            observer.Notice($"Recipe, model or data changed since the last run; its files are kept in {folder.PreviousPath}.");

        using var none = no_grad();
        using var setup = TrainingSetup.Prepare(pipeline, options, newest is { } checkpoint ? Enum.Parse<ScalarType>(checkpoint.State.ProductType) : null);
        foreach (var notice in setup.Notices)
            observer.Notice(notice);
        manual_seed(options.Training.Seed);
        setup.LoadModel();
        if (setup.Product.Slowdown is { } slowdown)
            observer.Notice(string.Create(CultureInfo.InvariantCulture, $"Products in bfloat16 are {slowdown:F1} times slower than in float32 on this machine; model.dtype: auto avoids that."));
        using var optimizer = OptimizerChoice.Of(setup.Trained, options);
        using var average = WeightAverage.Of(setup.Trained, options.Training, setup.Steps.TotalSteps);
        using var rewarded = options.Training.Samples ? new GrpoTraining(setup, pipeline.RewardWeights) : null;
        ITrainingMethod method = rewarded is null ? new SupervisedTraining(setup, CustomLoss.Of(pipeline)) : rewarded;
        var loop = new TrainingLoop(setup, method, optimizer, average, checkpoints, folder, run, observer);
        loop.Resume();
        AtomicFile.WriteText(folder.RecipeFile, RecipeYaml.Write(options));
        observer.Started(setup.Plan());
        foreach (var notice in RowNotices.Of(setup.Rows))
            observer.Notice(notice);
        var result = loop.Run(stop);
        if (result.Interrupted)
            return result;
        if (options.Training.LoadBest && result.Best?.Step is { } best && best != result.Steps)
        {
            loop.GoBackTo(best);
            observer.Notice($"The result has the weights after step {best}, whose evaluation is the best.");
        }

        using (loop.ResultWeights())
            SaveResult(setup, folder);
        new FinishedRun(run, result).Write(folder);
        return result;
    }

    private static void CheckRewards(TrainingPipeline pipeline, RecipeOptions options)
    {
        if (!options.Training.Samples)
            return;
        var rewards = pipeline.RewardWeights;
        if (rewards.Count == 0)
        {
            throw new FineTuneException(KeyCodes.NoRewards, $"{options.Name} trains by grpo, but nothing says which completions are good; override Rewards in its partial class, or set training.method to sft.");
        }

        if (rewards.GroupBy(reward => reward.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new FineTuneException("FT5152", $"{options.Name} has two rewards named '{twice.Key}'. Give each a name of its own, by which its scores are told.");
        if (rewards.FirstOrDefault(reward => !double.IsFinite(reward.Weight)) is { } endless)
            throw new FineTuneException("FT5150", $"The reward '{endless.Name}' of {options.Name} has the weight {NumberText.Write(endless.Weight)}. Give it a finite number.");
        if (pipeline.Loss is { } loss)
            throw new FineTuneException("FT5153", $"{options.Name} trains by grpo, whose loss follows from rewards, so that its own loss '{loss.Name}' would not be used. Remove Loss, or train by sft.");
    }

    private static void SaveResult(TrainingSetup setup, RunFolder folder)
    {
        if (setup.Adapters is { } adapters)
            ModelFolder.Replace(folder.AdapterFolder, temporary => PeftFolder.Save(temporary, adapters, setup.Options.Model.Base));
        else
            ModelFolder.Save(folder.AdapterFolder, setup.Model!, setup.Options.Model.Base, setup.Config.StoredType);
    }
}
