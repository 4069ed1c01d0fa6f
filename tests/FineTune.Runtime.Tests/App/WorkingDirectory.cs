namespace FineTune.Tests.App;

/// <summary>Tests that change the process's working directory; no other test runs beside them.</summary>
[CollectionDefinition(nameof(WorkingDirectory), DisableParallelization = true)]
public sealed class WorkingDirectory;
