namespace FineTune.Foreign;

/// <summary>What has become of another tool's setting here.</summary>
internal enum ForeignStanding
{
    /// <summary>It is said by a key of ours, with another value.</summary>
    Said,

    /// <summary>It happens by itself, or cannot go wrong here.</summary>
    Unneeded,

    /// <summary>It is set outside of the recipe: in the project file, or on the command line.</summary>
    Elsewhere,

    /// <summary>There is no such thing here.</summary>
    Missing,
}
