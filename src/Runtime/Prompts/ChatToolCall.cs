using System.Text.Json;
using FineTune.Prompts.Templates;

namespace FineTune.Prompts;

/// <summary>A call of a tool, in the form that the field agrees on: <c>{"id", "type": "function", "function": {"name", "arguments"}}</c>.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">Its arguments: an object, or a string that holds one as JSON.</param>
/// <param name="Id">The call's id, by which the tool's message answers it.</param>
public sealed record ChatToolCall(string Name, JsonElement Arguments, string? Id = null)
{
    internal static ChatToolCall FromValues(TemplateDict values)
    {
        var function = values.TryGet("function", out var inner) && inner is TemplateDict nested ? nested : values;
        return new(
            function.TryGet("name", out var name) ? name as string ?? "" : "",
            JsonValues.Write(function.TryGet("arguments", out var arguments) ? arguments : null),
            values.TryGet("id", out var id) ? id as string : null);
    }

    internal TemplateDict ToValues()
    {
        var function = new TemplateDict();
        function.Set("name", Name);
        function.Set("arguments", JsonValues.Read(Arguments));
        var values = new TemplateDict();
        if (Id is not null)
            values.Set("id", Id);
        values.Set("type", "function");
        values.Set("function", function);
        return values;
    }
}
