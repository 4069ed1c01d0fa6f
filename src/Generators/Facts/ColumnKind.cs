namespace FineTune.Facts;

/// <summary>What the sampled values of a column are.</summary>
internal enum ColumnKind
{
    /// <summary>There is no value but null.</summary>
    Null,
    String,

    /// <summary>Whole numbers of at most 64 bits.</summary>
    Integer,

    /// <summary>Numbers, not all of them whole.</summary>
    Number,
    Boolean,
    Object,
    List,

    /// <summary>Values of kinds that no type has in common.</summary>
    Mixed,

    /// <summary>Nested deeper, or with more keys, than is looked at.</summary>
    Opaque,
}
