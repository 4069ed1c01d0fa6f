namespace DocsDataset;

/// <summary>Input that cannot be used: printed as one line in MSBuild's form, so that the build shows it with its place.</summary>
/// <param name="place">The file, with <c>(line,column)</c> where known.</param>
/// <param name="code">The error's code.</param>
/// <param name="message">What is wrong, and what to do.</param>
internal sealed class DatasetException(string place, string code, string message) : Exception(message)
{
    /// <summary>The line to print.</summary>
    public string Report => $"{place}: error {code}: {Message}";
}
