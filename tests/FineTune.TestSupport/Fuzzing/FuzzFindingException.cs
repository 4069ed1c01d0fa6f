namespace FineTune.TestSupport.Fuzzing;

/// <summary>An input that a reader does not stand.</summary>
/// <param name="message">What happened, and the input.</param>
/// <param name="inner">What escaped the reader, if anything.</param>
public sealed class FuzzFindingException(string message, Exception? inner = null) : Exception(message, inner);
