using Microsoft.CodeAnalysis.Diagnostics;

namespace FineTune.Reading;

/// <summary>The project's folder, as the build tells it.</summary>
internal static class ProjectFolder
{
    /// <summary>The folder where the build checks the files that recipes name; otherwise <see langword="null"/>.</summary>
    public static string? IfFilesAreChecked(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.FineTuneCheckFiles", out var check) && check == "true"
        && options.TryGetValue("build_property.ProjectDir", out var folder)
            ? folder
            : null;
}
