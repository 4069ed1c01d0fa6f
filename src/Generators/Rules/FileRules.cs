using FineTune.Keys;
using static FineTune.Rules.RuleSeverity;

namespace FineTune.Rules;

/// <summary>Rules of paths. Whether a file exists is for the build to see.</summary>
internal static class FileRules
{
    private static readonly string[] WeightFiles = [".safetensors", ".bin", ".pt", ".pth", ".gguf", ".ckpt", ".onnx", ".json", ".index"];

    public static readonly RecipeRule[] All =
    [
        .. ForEach("FT1051", "A path is written with slashes", Warning, Backslash),
        .. ForEach("FT1052", "A path is not expanded", Error, Unexpanded),
        .. ForEach("FT1053", "Files are not downloaded", Error, Address),
        // Models are large, and often in a place that several projects share.
        .. ForEach("FT1054", "An absolute path exists on one machine", Warning, Absolute).Where(rule => rule.Key != ModelKeys.Base),
        new("FT1055", "The test rows are the training rows", Warning, DataKeys.Test, [DataKeys.Train], SameRows),
        new("FT1056", "The base model is a folder", Error, ModelKeys.Base, [], FileAsModel),
        .. ForEach("FT1057", "A path names one file", Error, Pattern),
    ];

    // The same rule for each key that names a file or a folder: a descriptor is made of the first.
    private static IEnumerable<RecipeRule> ForEach(string code, string title, RuleSeverity severity, Func<string, string?> check) =>
        new[] { ModelKeys.Base, DataKeys.Train, DataKeys.Test, DataKeys.ChatTemplate }.Select(key =>
            new RecipeRule(code, title, severity, key, [], context => context.Paths(key).Select(check).FirstOrDefault(problem => problem is not null)));

    private static string? Backslash(string path) => !path.Contains('\\') ? null
        : $"{KeyText.Quote(path)} has backslashes, which separate folders on Windows alone; write {KeyText.Quote(path.Replace('\\', '/'))}.";

    private static string? Unexpanded(string path)
    {
        var isHome = path == "~" || path.StartsWith("~/", StringComparison.Ordinal);
        return isHome || path.Contains('$') || path.Count(character => character == '%') > 1
            ? $"{KeyText.Quote(path)} is taken as it is: {(isHome ? "'~'" : "a variable")} is not replaced; write the path from the project's folder."
            : null;
    }

    private static string? Address(string path) => path.IndexOf("://", StringComparison.Ordinal) < 0 ? null
        : $"{KeyText.Quote(path)} is an address, and nothing is downloaded; fetch it once, and write the path from the project's folder.";

    private static string? Absolute(string path) =>
        (path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal)) || (path.Length > 2 && path[1] == ':' && path[2] is '/' or '\\')
            ? $"{KeyText.Quote(path)} exists on this machine alone; write a path from the project's folder, such as '../{path.TrimEnd('/', '\\').Split('/', '\\').Last()}'."
            : null;

    private static string? Pattern(string path) => path.IndexOfAny(['*', '?']) < 0 ? null
        : $"{KeyText.Quote(path)} is a pattern, but one file or folder is read; join the files, and name the result.";

    private static string? SameRows(RuleContext context) =>
        context.Given(DataKeys.Test) && context.Text(DataKeys.Test) is { } test && context.Paths(DataKeys.Train).Any(train => Plain(test) == Plain(train))
            ? $"{context.Name(DataKeys.Test)} and {context.Name(DataKeys.Train)} are the same file, so that an evaluation measures what was learned by heart; hold some rows back in a file of their own."
            : null;

    private static string? FileAsModel(RuleContext context)
    {
        var path = (context.Text(ModelKeys.Base) ?? "").Replace('\\', '/');
        var folder = path.Contains('/') ? path.Substring(0, path.LastIndexOf('/')) : ".";
        return WeightFiles.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            ? $"{KeyText.Quote(path)} is a file, but a base model is a folder with config.json, tokenizer and weights; write '{folder}'."
            : null;
    }

    private static string Plain(string path) => path.Replace('\\', '/').Replace("/./", "/").TrimStart('.', '/');
}
