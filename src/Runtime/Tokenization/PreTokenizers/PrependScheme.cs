namespace FineTune.Tokenization.PreTokenizers;

/// <summary>Where Metaspace puts its character in front, named as in tokenizer.json.</summary>
internal enum PrependScheme
{
    /// <summary>Before every section between added tokens.</summary>
    Always,

    /// <summary>Before the section that starts the text.</summary>
    First,

    Never,
}
