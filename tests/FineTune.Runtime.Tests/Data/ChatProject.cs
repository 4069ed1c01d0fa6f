using System.Text.Json;
using FineTune.Data;
using FineTune.Prompts;
using FineTune.Recipes;
using FineTune.Tests.Training;
using FineTune.Training;

namespace FineTune.Tests.Data;

/// <summary>A tiny model with a chat template, and a recipe over conversations.</summary>
internal sealed class ChatProject : IDisposable
{
    public const string Template =
        "{% for m in messages %}{{ m.role }}:\n{{ m.content }}{% if m.tool_calls %}{% for c in m.tool_calls %} call {{ c.function.name }}{% endfor %}{% endif %}<|end|>\n{% endfor %}"
        + "{% if add_generation_prompt %}assistant:\n{% endif %}";

    private readonly TinyProject _project = new(1);

    public ChatProject(string? template = Template)
    {
        Options = _project.Options with { Data = new() { Train = _project.DataPath, Type = DatasetType.Messages } };
        if (template is not null)
            File.WriteAllText(Path.Combine(_project.ModelFolderPath, "chat_template.jinja"), template);
    }

    public RecipeOptions Options { get; set; }

    public string DataPath => _project.DataPath;

    public string Root => _project.Root;

    public TinyProject Tiny => _project;

    public ChatPipeline Pipeline { get; } = new();

    public void Write(params string[] rows) => File.WriteAllLines(DataPath, rows);

    /// <summary>A row of messages, each as <c>role: content</c>.</summary>
    public static string Row(params string[] messages) => JsonSerializer.Serialize(new
    {
        messages = messages.Select(message => new { role = message.Split(": ")[0], content = message.Split(": ", 2)[1] }),
    });

    /// <summary>The text of the first row, its trained tokens in brackets.</summary>
    public string Show()
    {
        var preparation = RowPreparation.Of(Options, FineTune.Models.ModelConfig.Load(Options.Model.Base));
        var row = new RecipeRows(Pipeline, Options).Training(DataPath).First();
        var sequence = preparation.Prompts.Tokenize((row.Mistake is null ? row.Row : throw row.Mistake)!.Value);
        var (text, open) = ("", false);
        for (var t = 0; t < sequence.Length; t++)
        {
            if (sequence.IsTrained(t) != open)
                text += (open = !open) ? "[" : "]";
            text += preparation.Tokenizer.Decode([sequence.Ids[t]], skipSpecialTokens: false);
        }

        return text + (open ? "]" : "");
    }

    /// <summary>The codes that a check of all rows finds, with their lines.</summary>
    public IReadOnlyList<string> Findings() =>
        [.. DataCheck.Run(Pipeline, Options).SelectMany(file => file.Findings).Select(finding => $"{finding.Place[(finding.Place.LastIndexOf(':') + 1)..]} {finding.Code}")];

    public void Dispose() => _project.Dispose();

    internal sealed record ChatRow(IReadOnlyList<ChatMessage> Messages, JsonElement? Tools);

    internal sealed class ChatPipeline : TrainingPipeline<ChatRow>
    {
        public override RecipeOptions Options => throw new InvalidOperationException("Tests pass their own options.");

        public bool ShareGpt { get; set; }

        protected override ChatRow ReadRow(ref Utf8JsonReader reader)
        {
            List<ChatMessage>? messages = null;
            JsonElement? tools = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                if (name is "messages" or "conversations")
                    messages = ShareGpt ? ChatColumn.ReadShareGpt(ref reader, name, "from", "value") : ChatColumn.ReadMessages(ref reader, name);
                else if (name == "tools")
                    tools = ChatColumn.ReadTools(ref reader, name);
                else
                    reader.Skip();
            }

            return new ChatRow(messages ?? throw RowColumn.Missing("messages"), tools);
        }

        protected override void Format(ChatRow row, PromptBuilder prompt) => prompt.Messages(row.Messages, row.Tools);
    }
}
