namespace FineTune.Diagnostics;

/// <summary>Where each diagnostic is explained.</summary>
internal static class DiagnosticPages
{
    private const string Folder = "https://github.com/finetune-sdk/FineTune.Sdk/blob/main/docs/diagnostics/";

    public static string Of(string id) => Folder + id + ".md";
}
