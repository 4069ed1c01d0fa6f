namespace FineTune.TestSupport;

/// <summary>A text differs from its snapshot.</summary>
/// <param name="message">The difference.</param>
public sealed class SnapshotException(string message) : Exception(message);
