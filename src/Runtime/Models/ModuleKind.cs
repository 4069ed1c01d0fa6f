namespace FineTune.Models;

/// <summary>What a module of a model is.</summary>
internal enum ModuleKind
{
    /// <summary>It holds other modules, or no weights.</summary>
    Container,

    /// <summary>A linear layer.</summary>
    Linear,

    /// <summary>The token embedding.</summary>
    Embedding,

    /// <summary>A norm.</summary>
    Norm,
}
