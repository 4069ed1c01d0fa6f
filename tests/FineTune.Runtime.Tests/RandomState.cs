namespace FineTune.Tests;

/// <summary>Tests that count on the process's random numbers: they run one after another.</summary>
[CollectionDefinition(nameof(RandomState))]
public sealed class RandomState;
