using System.Text.Json;

namespace FineTune.Training;

/// <summary>A run's <c>metrics.jsonl</c>: a line for each optimizer step, and one for each evaluation behind its step.</summary>
internal sealed class MetricsFile : IDisposable
{
    private readonly StreamWriter _writer;

    private MetricsFile(StreamWriter writer)
    {
        _writer = writer;
    }

    /// <summary>Opens the file to go on after a step; lines of later steps, which a resumed run trains again, are removed.</summary>
    public static MetricsFile Continue(string path, int steps)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var kept = File.Exists(path) ? File.ReadLines(path).TakeWhile(line => StepOf(line) is { } step && step <= steps).ToList() : [];
        Storage.AtomicFile.WriteText(path, string.Concat(kept.Select(line => line + "\n")));
        return new MetricsFile(new StreamWriter(path, append: true) { AutoFlush = true, NewLine = "\n" });
    }

    /// <summary>Appends a step.</summary>
    public void Write(TrainingStep step)
    {
        var line = new Dictionary<string, object>
        {
            ["step"] = step.Step,
            ["loss"] = step.Loss,
            ["learning_rate"] = step.LearningRate,
            ["grad_norm"] = step.GradNorm,
            ["tokens_per_second"] = Math.Round(step.TokensPerSecond, 1),
            ["trained_tokens"] = step.TrainedTokens,
            ["peak_memory_bytes"] = step.PeakMemoryBytes,
        };
        foreach (var (name, value) in step.Metrics)
            line[name] = value;
        WriteLine(line);
    }

    /// <summary>Appends an evaluation.</summary>
    public void Write(TrainingEvaluation evaluation) => WriteLine(new
    {
        step = evaluation.Step,
        eval_loss = Finite(evaluation.Loss),
        eval_perplexity = Finite(evaluation.Perplexity),
        eval_token_accuracy = evaluation.TokenAccuracy,
        eval_trained_tokens = evaluation.TrainedTokens,
    });

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    // JSON has no word for what is not a number.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private void WriteLine<T>(T line)
    {
        try
        {
            _writer.WriteLine(JsonSerializer.Serialize(line));
        }
        catch (IOException exception)
        {
            throw new FineTuneException("FT5103", $"The metrics cannot be written: {exception.Message} Checkpoints are untouched; make room and run again to resume.",
                (_writer.BaseStream as FileStream)?.Name, exception);
        }
    }

    // Null for a line that a crash cut off.
    private static int? StepOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("step").GetInt32();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
