using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>What renders conversations: the model's own chat template, or one that is written beside the recipe.</summary>
internal static class ChatTemplateImport
{
    private const string ChatMl =
        "{%- for message in messages -%}\n"
        + "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}\n"
        + "{%- endfor -%}\n"
        + "{%- if add_generation_prompt -%}\n"
        + "{{ '<|im_start|>assistant\\n' }}\n"
        + "{%- endif -%}\n";

    public static void Convert(ImportContext context, RowForm form)
    {
        switch (context.Tool)
        {
            case ConfigurationTool.Axolotl:
                ConvertAxolotl(context);
                break;
            case ConfigurationTool.LlamaFactory when context.Text("template") is { } template && form.IsConversation:
                context.Notes.Assume($"conversations are rendered by the model's own chat template, in place of the template '{template}'; name another file in data.chat_template if yours differs.");
                break;
            case ConfigurationTool.Trl when context.Text("chat_template_path") is { } path:
                ConvertPath(context, path);
                break;
        }
    }

    private static void ConvertAxolotl(ImportContext context)
    {
        // A dataset's own goes before.
        var dataset = context.Root["datasets"]?.Items is [var first, ..] ? first : null;
        var root = (Name: context.Text("chat_template"), Jinja: context.Take("chat_template_jinja")?.Text);
        var name = dataset?["chat_template"] is { IsNothing: false, Text: { } own } ? own : root.Name;
        var jinja = dataset?["chat_template_jinja"]?.Text ?? root.Jinja;
        switch (name)
        {
            case null when jinja is null:
            case "tokenizer_default":
                return;
            case null or "jinja" when jinja is { Length: > 0 }:
                if (jinja.Contains("{%", StringComparison.Ordinal) || jinja.Contains("{{", StringComparison.Ordinal))
                    Write(context, jinja);
                else
                    ConvertPath(context, jinja);
                return;
            case "chatml":
                Write(context, ChatMl);
                context.Notes.Assume("the tokenizer has the tokens <|im_start|> and <|im_end|> of the chat template 'chatml', which is written beside the recipe.");
                return;
            default:
                context.Notes.Assume($"conversations are rendered by the model's own chat template, in place of axolotl's '{name}'; name another file in data.chat_template if yours differs.");
                return;
        }
    }

    private static void Write(ImportContext context, string template)
    {
        var file = context.Stem + ".jinja";
        context.Files[file] = template.ReplaceLineEndings("\n");
        context.Set(DataKeys.ChatTemplate, file);
    }

    private static void ConvertPath(ImportContext context, string path)
    {
        if (Path.GetExtension(path) is ".jinja" or ".jinja2" or ".j2" or ".txt" && path[0] is not ('/' or '~') && path.IndexOfAny(['*', '?', '$', '\\', ':']) < 0)
        {
            context.Set(DataKeys.ChatTemplate, path);
            return;
        }

        context.Set(DataKeys.ChatTemplate, context.Stem + ".jinja");
        context.Notes.Assume($"the chat template of {path} is in {context.Stem}.jinja; copy it there.");
    }
}
