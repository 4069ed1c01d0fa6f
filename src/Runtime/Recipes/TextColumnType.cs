namespace FineTune.Recipes;

/// <summary>What the texts of a column stand for.</summary>
public enum TextColumnType
{
    /// <summary>Themselves.</summary>
    Text,

    /// <summary>Integers.</summary>
    Integer,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>True and false.</summary>
    Boolean,
}
