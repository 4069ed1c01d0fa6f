using System.Text;
using FineTune.Prompts;

namespace FineTune.Benchmarks;

/// <summary>What one would write in place of a template, without tools and for messages of texts: the least that can be done.</summary>
internal static class HandWrittenTemplates
{
    /// <summary>By the name of the template's file.</summary>
    public static Func<IReadOnlyList<ChatMessage>, string>? For(string name) => name switch
    {
        _ when name.Contains("Phi-3.5", StringComparison.Ordinal) => Phi,
        _ when name.Contains("Qwen2.5", StringComparison.Ordinal) => ChatMl,
        _ => null,
    };

    private static string Phi(IReadOnlyList<ChatMessage> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
            text.Append("<|").Append(message.Role).Append("|>\n").Append(message.Content).Append("<|end|>\n");
        return text.Append("<|assistant|>\n").ToString();
    }

    private static string ChatMl(IReadOnlyList<ChatMessage> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
            text.Append("<|im_start|>").Append(message.Role).Append('\n').Append(message.Content).Append("<|im_end|>\n");
        return text.Append("<|im_start|>assistant\n").ToString();
    }
}
