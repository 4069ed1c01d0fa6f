using System.Text.Json;
using FineTune.Facts;
using FineTune.Storage;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>Writes Hugging Face model folders.</summary>
internal static class ModelFolder
{
    // What a model needs besides its weights, where the base has it.
    private static readonly string[] Companions =
    [
        "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "tokenizer.model",
        "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "chat_template.jinja",
    ];

    /// <summary>Writes a model; the folder appears complete or not at all, in place of an older one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">The model.</param>
    /// <param name="baseFolder">Where its configuration and tokenizer are.</param>
    /// <param name="type">The type of the written weights.</param>
    public static void Save(string folder, CausalLanguageModel model, string baseFolder, ScalarType type) => Replace(folder, temporary =>
    {
        foreach (var name in Companions.Where(name => File.Exists(Path.Combine(baseFolder, name))))
            File.Copy(Path.Combine(baseFolder, name), Path.Combine(temporary, name));
        if (model.Config.TieWordEmbeddings && !model.HeadIsTied)
            Untie(Path.Combine(temporary, "config.json"));
        using var none = no_grad();
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            Path.Combine(temporary, "model.safetensors"),
            model.Parameters.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value.to(type))),
            SafetensorsWriter.PyTorchFormat);
    });

    // The head has become a weight of its own, which a reader of this folder must know.
    private static void Untie(string configFile)
    {
        var config = FolderJson.ParseNode(File.ReadAllBytes(configFile))!.AsObject();
        config["tie_word_embeddings"] = false;
        AtomicFile.WriteText(configFile, config.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    /// <summary>Fills a temporary folder and renames it over <paramref name="folder"/>.</summary>
    public static void Replace(string folder, Action<string> fill)
    {
        var temporary = $"{folder}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            fill(temporary);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(temporary, folder);
        }
        catch (Exception exception)
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            if (exception is IOException or UnauthorizedAccessException)
                throw new FineTuneException("FT5103", $"The folder cannot be written: {exception.Message}", folder, exception);
            throw;
        }
    }
}
