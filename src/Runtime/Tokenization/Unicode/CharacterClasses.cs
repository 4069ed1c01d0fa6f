namespace FineTune.Tokenization.Unicode;

/// <summary>What split patterns ask about a character, with the meaning that Oniguruma and Rust's regex give it.</summary>
[Flags]
internal enum CharacterClasses : byte
{
    None = 0,

    /// <summary><c>\p{L}</c></summary>
    Letter = 1,

    /// <summary><c>\p{N}</c></summary>
    Number = 2,

    /// <summary><c>\s</c>: the property White_Space.</summary>
    WhiteSpace = 4,

    /// <summary><c>[\r\n]</c></summary>
    NewLine = 8,

    /// <summary><c>[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]</c></summary>
    UpperLike = 16,

    /// <summary><c>[\p{Ll}\p{Lm}\p{Lo}\p{M}]</c></summary>
    LowerLike = 32,

    /// <summary><c>\w</c>: Alphabetic, Mark, Decimal_Number, Connector_Punctuation, Join_Control.</summary>
    Word = 64,

    /// <summary><c>\p{P}</c></summary>
    Punctuation = 128,
}
