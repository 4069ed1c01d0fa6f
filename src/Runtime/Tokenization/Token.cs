namespace FineTune.Tokenization;

/// <summary>One token of a text.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Start">Where it starts, in UTF-16 units: in its piece while a model works, afterwards in the original text.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct Token(int Id, int Start, int End);
