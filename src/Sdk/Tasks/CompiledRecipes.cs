using FineTune.Build.RecipeFiles;
using Microsoft.Build.Utilities;

namespace FineTune.Build.Tasks;

/// <summary>Reads what the generator noted of recipes in the compiled assembly.</summary>
internal static class CompiledRecipes
{
    /// <summary>The files that recipes name; null where the assembly cannot be read, which is then an error in the log.</summary>
    /// <param name="log">The task's log.</param>
    /// <param name="assembly">The compiled assembly.</param>
    /// <param name="consequence">What cannot be done without, the beginning of the message.</param>
    /// <param name="fix">What to do about it.</param>
    public static IReadOnlyList<RecipeFileReference>? Read(TaskLoggingHelper log, string assembly, string consequence, string fix)
    {
        try
        {
            using FileStream stream = File.OpenRead(assembly);
            return RecipeFileReference.ReadAll(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            log.ReportError("FT3022", assembly, $"{consequence}, as the compiled assembly cannot be read: {e.Message} {fix}");
            return null;
        }
    }
}
