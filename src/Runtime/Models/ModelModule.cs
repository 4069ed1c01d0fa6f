namespace FineTune.Models;

/// <summary>A module of a model, by the path that Hugging Face's implementation gives it.</summary>
/// <param name="Path">The path, such as <c>model.layers.0.self_attn.q_proj</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Rows">Rows of its weight: outputs of a linear layer, tokens of an embedding, elements of a norm.</param>
/// <param name="Columns">Columns of its weight; 1 of a norm.</param>
/// <param name="Bias">Whether it has a bias of as many elements as rows.</param>
internal sealed record ModelModule(string Path, ModuleKind Kind, long Rows = 0, long Columns = 0, bool Bias = false)
{
    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The number of its own weights.</summary>
    public long Parameters => Rows * Columns + (Bias ? Rows : 0);

    /// <summary>The names of its own weights.</summary>
    public IEnumerable<string> Weights => Kind == ModuleKind.Container ? [] : Bias ? [$"{Path}.weight", $"{Path}.bias"] : [$"{Path}.weight"];
}
