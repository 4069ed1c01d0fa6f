using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>The base model and the type of its weights.</summary>
internal static class ModelImport
{
    public static void Convert(ImportContext context)
    {
        var model = context.Text("base_model") ?? context.Text("model_name_or_path") ?? context.Text("base_model_name_or_path") ?? "models/base";
        var plain = model.TrimEnd('/');
        var isHubId = plain.Count(character => character == '/') == 1 && plain[0] is not ('.' or '/' or '~')
            && !plain.StartsWith("models/", StringComparison.Ordinal) && !Directory.Exists(plain);
        // What the build takes for no folder of this project.
        var isElsewhere = plain.Contains("://", StringComparison.Ordinal) || plain[0] == '~' || plain.IndexOfAny(['*', '?', '$', '%', '\\']) >= 0 || plain.Any(char.IsControl);
        var folder = isHubId || isElsewhere ? $"models/{plain[(plain.LastIndexOfAny(['/', '\\']) + 1)..]}" : model;
        if (isHubId || isElsewhere)
            context.Notes.Assume($"the base model {model} is in the folder {folder}; {(isHubId ? "download" : "copy")} it there: config.json, the tokenizer's files and *.safetensors.");
        context.Set(ModelKeys.Base, folder);
        if (context.IsOn("bf16") | context.IsOn("bfloat16") | context.IsOn("pure_bf16"))
            context.Set(ModelKeys.DType, "bfloat16");
        else if (context.IsOn("fp16") | context.IsOn("float16"))
            context.Notes.Assume("'fp16' is left to model.dtype, which chooses the type that the machine is fast in.");
        if (context.IsOn("train_from_scratch") | context.IsOn("reinit_weights"))
            context.Set(ModelKeys.Initialization, "random");
    }
}
