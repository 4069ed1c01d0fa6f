namespace FineTune.Keys;

/// <summary>Where a recipe is written, for messages that name keys and values as they are written there.</summary>
internal enum KeySurface
{
    /// <summary>In YAML or in <c>--set</c>: <c>training.learning_rate</c>.</summary>
    Yaml,

    /// <summary>In attributes: <c>LearningRate</c>.</summary>
    CSharp,
}
