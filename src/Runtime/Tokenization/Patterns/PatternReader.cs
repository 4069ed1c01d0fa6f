using System.Text.Json;
using FineTune.Tokenization.PreTokenizers.Scanners;
using FineTune.Tokenization.Reading;

namespace FineTune.Tokenization.Patterns;

/// <summary>Reads <c>{"String": …}</c> and <c>{"Regex": …}</c>.</summary>
internal static class PatternReader
{
    public static ITextPattern Read(FileNode component)
    {
        if (component.Value("pattern") is not { } value)
            throw TokenizerErrors.Malformed(component.File, $"{component.Path} lacks 'pattern'");
        // Some files write the string itself.
        if (value.ValueKind == JsonValueKind.String)
            return new StringPattern(component.Text("pattern"));
        var pattern = new FileNode(value, component.File, $"{component.Path}.pattern");
        return pattern.OptionalText("Regex") is { } regex
            ? WordScanner.ForPattern(regex) is { } scanner ? new ScannerPattern(scanner) : new RegexPattern(regex, component.File)
            : new StringPattern(pattern.Text("String"));
    }
}
