namespace CustomPipeline;

/// <summary>How many words longer or shorter than the reference an answer is.</summary>
public sealed class ExtraWords : ITextMetric
{
    public string Name => "words too many or too few";

    public bool LowerIsBetter => true;

    public double Score(string prediction, string reference) => Math.Abs(Words(prediction) - Words(reference));

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
