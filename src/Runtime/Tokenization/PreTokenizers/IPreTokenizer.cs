namespace FineTune.Tokenization.PreTokenizers;

/// <summary>Splits a section of text into pieces that the model takes one by one.</summary>
internal interface IPreTokenizer
{
    /// <summary>The pieces of a section, empty ones included; the caller drops those.</summary>
    IEnumerable<NormalizedText> Split(NormalizedText section);
}
