namespace CustomPipeline;

/// <summary>The share of rows whose answer begins with the reference's first word: "Gets", "Initializes", "Occurs", …</summary>
public sealed class SameFirstWord : ITextMetric
{
    public string Name => "same first word";

    public double Score(string prediction, string reference) => First(prediction) == First(reference) ? 1 : 0;

    private static string First(string text) => text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var word, ..] ? word : "";
}
