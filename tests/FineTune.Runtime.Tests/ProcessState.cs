namespace FineTune.Tests;

/// <summary>Tests of what the whole process shares, such as its working directory or the number of tensors; they run alone.</summary>
[CollectionDefinition(nameof(ProcessState), DisableParallelization = true)]
public sealed class ProcessState;
