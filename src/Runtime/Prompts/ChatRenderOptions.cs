using System.Text.Json;

namespace FineTune.Prompts;

/// <summary>What a chat template is given beside the messages.</summary>
public sealed record ChatRenderOptions
{
    /// <summary>Whether the text ends with the header of an assistant's turn, for a model to continue.</summary>
    public bool AddGenerationPrompt { get; init; }

    /// <summary>
    /// Whether the last message is left open, for a model to continue: the text ends with its content. Not together with
    /// <see cref="AddGenerationPrompt"/>.
    /// </summary>
    public bool ContinueFinalMessage { get; init; }

    /// <summary>The field of the last message that is left open; <see langword="null"/>: <c>content</c>.</summary>
    public string? ContinueFinalField { get; init; }

    /// <summary>The tools that may be called, each as a JSON schema; a JSON array, or <see langword="null"/> for none.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>Further variables of the template, such as <c>enable_thinking</c> or <c>documents</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Variables { get; init; }

    /// <summary>The time that templates which print a date are told; <see langword="null"/>: now.</summary>
    public DateTime? Now { get; init; }
}
