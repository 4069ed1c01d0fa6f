using FineTune.Prompts.Templates;

namespace FineTune.Prompts;

/// <summary>
/// A Jinja chat template: it turns a conversation into the text that a model was trained on. Templates are compiled to C# by the
/// build (a class that derives from this one), or interpreted when a model appears at run time; both render the same, to the
/// byte, as <c>apply_chat_template</c> of transformers.
/// </summary>
public abstract class ChatTemplate
{
    private const string DefaultPlace = "chat template";

    private bool? _hasSurrogateEscapes;

    /// <summary>Creates a template.</summary>
    /// <param name="source">The template's text.</param>
    /// <param name="hasGenerationBlocks">Whether it has <c>{% generation %}</c> blocks.</param>
    protected ChatTemplate(string source, bool hasGenerationBlocks)
    {
        Source = source;
        HasGenerationBlocks = hasGenerationBlocks;
    }

    /// <summary>The template's text.</summary>
    public string Source { get; }

    /// <summary>Whether the template marks what the assistant writes by <c>{% generation %}</c> blocks.</summary>
    public bool HasGenerationBlocks { get; }

    /// <summary>The special tokens that the template sees as variables, such as <c>bos_token</c>.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens { get; private set; } = new Dictionary<string, string>();

    /// <summary>Where the template is from, for messages.</summary>
    public string Place { get; private set; } = DefaultPlace;

    /// <summary>Whether texts of the template may have surrogates as characters.</summary>
    internal bool HasSurrogateEscapes => _hasSurrogateEscapes ??= PythonSurrogates.HasEscapes(Source);

    /// <summary>Reads a template, to be interpreted.</summary>
    /// <param name="source">The template's text.</param>
    /// <param name="place">Where it is from, for messages.</param>
    /// <exception cref="FineTuneException">FT5500: the text is not a template.</exception>
    public static ChatTemplate Parse(string source, string? place = null) =>
        InterpretedTemplate.Create(source, place ?? DefaultPlace);

    /// <summary>
    /// The template of a model folder, with its special tokens: <c>chat_template.jinja</c>, else <c>chat_template</c> of
    /// <c>tokenizer_config.json</c>, which is a text or several with names.
    /// </summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="name">Which of several templates; <see langword="null"/>: the one called <c>default</c>.</param>
    /// <param name="compiled">Templates that the build compiled: one with the same text is taken instead of being interpreted.</param>
    /// <exception cref="FineTuneException">FT5508: there is no template; FT5500: it is wrong.</exception>
    public static ChatTemplate FromModelFolder(string folder, string? name = null, IEnumerable<ChatTemplate>? compiled = null)
    {
        var (source, place, tokens) = TemplateFolder.Read(folder, name);
        var template = compiled?.FirstOrDefault(candidate => candidate.Source == source) ?? Parse(source, place);
        return template.With(tokens, place);
    }

    /// <summary>The same template with other special tokens.</summary>
    public ChatTemplate With(IReadOnlyDictionary<string, string> specialTokens) => With(specialTokens, Place);

    /// <summary>The conversation as text.</summary>
    /// <exception cref="FineTuneException">FT5501 to FT5506: the template fails on the conversation.</exception>
    public string Format(IReadOnlyList<ChatMessage> messages, ChatRenderOptions? options = null) =>
        ChatRendering.Render(this, messages, options ?? new()).Text;

    /// <summary>The conversation as text, and which parts the loss counts.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="trainOn">Which messages the loss counts.</param>
    /// <param name="options">What the template is given beside the messages.</param>
    /// <exception cref="FineTuneException">
    /// FT5501 to FT5506: the template fails on the conversation; FT5507, FT5511, FT5512: which parts are trained cannot be told.
    /// </exception>
    public RenderedChat Render(IReadOnlyList<ChatMessage> messages, TrainOn trainOn = TrainOn.Assistant, ChatRenderOptions? options = null) =>
        ChatTraining.Render(this, messages, trainOn, options ?? new());

    /// <summary>Runs the template.</summary>
    /// <param name="run">Its variables and operations.</param>
    /// <param name="text">Where it writes to.</param>
    protected internal abstract void Run(TemplateRun run, TemplateText text);

    private protected void SetPlace(string place) => Place = place;

    private ChatTemplate With(IReadOnlyDictionary<string, string> specialTokens, string place)
    {
        var copy = (ChatTemplate)MemberwiseClone();
        copy.SpecialTokens = specialTokens;
        copy.Place = place;
        return copy;
    }
}
