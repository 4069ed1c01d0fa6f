using System.Security.Cryptography;
using System.Text;
using FineTune.Recipes;

namespace FineTune.Training;

/// <summary>
/// SHA-256 of the files that a run learns from, as lower-case hexadecimal digits. A finished run or a checkpoint belongs to
/// the same run only if these are the same.
/// </summary>
/// <param name="BaseModel">The base model's configuration, tokenizer and weights: names and contents, in ordinal order.</param>
/// <param name="TrainingData">The training rows' file; of several, over their hashes in order.</param>
/// <param name="TestData">The held-out rows' file; <see langword="null"/> if the recipe has none or it does not exist.</param>
/// <param name="ChatTemplate">The recipe's own chat template; <see langword="null"/> if it has none.</param>
public sealed record RunInputs(string BaseModel, string TrainingData, string? TestData, string? ChatTemplate = null)
{
    // What decides the base model. Other files (README, cards, images) may change without changing a run.
    private static readonly string[] ModelFiles =
    [
        "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "tokenizer.model",
        "special_tokens_map.json", "chat_template.jinja",
    ];

    /// <summary>Reads the files and computes their hashes.</summary>
    /// <param name="options">The recipe; its paths are relative to the working directory.</param>
    /// <exception cref="FineTuneException">FT5011: the model's folder or the training rows' file does not exist.</exception>
    public static RunInputs Of(RecipeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var test = options.Data.Test is { } path && File.Exists(path) ? HashFile(path, "data.test") : null;
        return new RunInputs(HashModel(options.Model), HashTraining(options.Data.Train), test, options.Data.ChatTemplate is { } template ? HashFile(template, "data.chat_template") : null);
    }

    private static string HashTraining(DataFiles files)
    {
        var hashes = files.Select(file => HashFile(file.Path, "data.train")).ToList();
        return hashes.Count == 1 ? hashes[0] : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', hashes))));
    }

    private static string HashModel(ModelOptions model)
    {
        if (!Directory.Exists(model.Base))
            throw Missing("model.base", "folder", model.Base);
        // Random initialization reads no weights, so that they may appear (a finished pretraining) without changing the run.
        var weights = model.Initialization == ModelInitialization.Random
            ? []
            : new[] { "*.safetensors", "*.safetensors.index.json", "pytorch_model*.bin", "pytorch_model.bin.index.json" }
                .SelectMany(pattern => Directory.EnumerateFiles(model.Base, pattern));
        var files = ModelFiles.Select(name => Path.Combine(model.Base, name)).Where(File.Exists).Concat(weights)
            .OrderBy(Path.GetFileName, StringComparer.Ordinal);
        var listing = new StringBuilder();
        foreach (var file in files)
            listing.Append(HashFile(file, "model.base")).Append("  ").Append(Path.GetFileName(file)).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(listing.ToString())));
    }

    private static string HashFile(string path, string key)
    {
        if (!File.Exists(path))
            throw Missing(key, "file", path);
        using var stream = new FileStream(path, new FileStreamOptions { BufferSize = 1 << 20, Options = FileOptions.SequentialScan });
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static FineTuneException Missing(string key, string kind, string path) => new(
        "FT5011",
        $"The {kind} '{Path.GetFullPath(path)}' does not exist. '{key}' of the recipe names it, relative to the project's folder.",
        path);
}
