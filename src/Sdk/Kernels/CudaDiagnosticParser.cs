using System.Globalization;
using System.Text.RegularExpressions;

namespace FineTune.Build.Kernels;

/// <summary>Reads the messages of nvcc, ptxas, clang and the host compilers behind nvcc, one line at a time.</summary>
internal static partial class CudaDiagnosticParser
{
    /// <summary>The message on a line, or null where the line is none (notes, source excerpts, summaries).</summary>
    public static CudaDiagnostic? Parse(string line)
    {
        Match match = InFile().Match(line);
        if (!match.Success)
            match = InFileWithColons().Match(line);
        if (match.Success)
        {
            return new CudaDiagnostic(
                match.Groups["file"].Value, Number(match.Groups["line"]), Number(match.Groups["column"]),
                IsError(match), IsAboutCompiler: false, Message(match));
        }

        match = OfAssembler().Match(line);
        if (match.Success)
            return new CudaDiagnostic("", 0, 0, IsError(match), IsAboutCompiler: false, Message(match));

        match = OfDriver().Match(line);
        return match.Success ? new CudaDiagnostic("", 0, 0, IsError(match), IsAboutCompiler: true, Message(match)) : null;
    }

    private static bool IsError(Match match) => match.Groups["severity"].Value is not "warning";

    private static string Message(Match match) => match.Groups["code"].Success
        ? $"{match.Groups["code"].Value}: {match.Groups["message"].Value.Trim()}"
        : match.Groups["message"].Value.Trim();

    private static int Number(Group group) =>
        int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>nvcc's <c>k.cu(12): error #20: …</c> and clang's <c>k.cu(5,3): error: …</c> with -fdiagnostics-format=msvc.</summary>
    [GeneratedRegex(
        @"^(?<file>.+?)\((?<line>\d+)(,(?<column>\d+))?\)\s*:\s*(catastrophic |fatal )?(?<severity>error|warning)(\s+(?<code>#[\w-]+))?\s*:\s*(?<message>.+)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex InFile();

    /// <summary>The host compilers' <c>k.cu:5:3: error: …</c>.</summary>
    [GeneratedRegex(
        @"^(?<file>([A-Za-z]:)?[^:]+):(?<line>\d+):((?<column>\d+):)?\s*(fatal )?(?<severity>error|warning)\s*:\s*(?<message>.+)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex InFileWithColons();

    /// <summary><c>ptxas error : …</c> and <c>ptxas fatal : …</c>, about what a kernel became.</summary>
    [GeneratedRegex(@"^ptxas\s+(.*,\s*line\s+\d+;\s*)?(?<severity>error|fatal|warning)\s*:\s*(?<message>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex OfAssembler();

    /// <summary><c>nvcc fatal : …</c> and <c>clang-14: error: …</c>.</summary>
    [GeneratedRegex(
        @"^(nvcc\s+|([^\s:]*[/\\])?clang[\w.+-]*:\s*)(?<severity>error|fatal error|fatal|warning)\s*:\s*(?<message>.+)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex OfDriver();
}
