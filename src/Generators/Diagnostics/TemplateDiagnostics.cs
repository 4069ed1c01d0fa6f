using Microsoft.CodeAnalysis;

namespace FineTune.Diagnostics;

/// <summary>FT14xx: mistakes in the chat templates of recipes' models.</summary>
internal static class TemplateDiagnostics
{
    private const string Category = "FineTune.Template";

    public static readonly DiagnosticDescriptor Malformed = Error("FT1400", "The chat template is not valid");
    public static readonly DiagnosticDescriptor UnknownTag = Error("FT1401", "Chat templates have no such tag");
    public static readonly DiagnosticDescriptor UnknownFilter = Error("FT1402", "Chat templates have no such filter");
    public static readonly DiagnosticDescriptor UnknownTest = Error("FT1403", "Chat templates have no such test");
    public static readonly DiagnosticDescriptor BreakOutsideLoop = Error("FT1404", "There is no loop to leave");
    public static readonly DiagnosticDescriptor LoadsTemplate = Error("FT1405", "A chat template cannot load others");
    public static readonly DiagnosticDescriptor WrongArguments = Error("FT1406", "The filter or test takes other arguments");
    public static readonly DiagnosticDescriptor UnknownFunction = Error("FT1407", "Chat templates have no such function");
    public static readonly DiagnosticDescriptor Unsafe = Error("FT1408", "Templates may not do this");
    public static readonly DiagnosticDescriptor AlwaysRaises = Error("FT1409", "The template refuses every conversation");
    public static readonly DiagnosticDescriptor UnknownVariable = Warning("FT1410", "Nothing defines the variable");
    public static readonly DiagnosticDescriptor EndsWithLoop = Warning("FT1411", "The variable ends with its loop");
    public static readonly DiagnosticDescriptor MessagesUnread = Warning("FT1412", "The template does not read the messages");
    public static readonly DiagnosticDescriptor PromptUnread = Info("FT1413", "The template does not read add_generation_prompt");
    public static readonly DiagnosticDescriptor TooLarge = Error("FT1414", "The template is too large or too deep");
    public static readonly DiagnosticDescriptor LoopOutside = Warning("FT1415", "There is no loop here");
    public static readonly DiagnosticDescriptor WrongOperands = Error("FT1416", "The operator does not take these values");
    public static readonly DiagnosticDescriptor GenerationChanged = Warning("FT1417", "The text of a generation block is changed after it");
    public static readonly DiagnosticDescriptor NotANamespace = Error("FT1418", "Only attributes of a namespace can be set");
    public static readonly DiagnosticDescriptor WrongMacroArguments = Error("FT1419", "The macro takes other arguments");
    public static readonly DiagnosticDescriptor FailsWhereItRuns = Warning("FT1420", "A filter or test that there is none of is used in a condition");

    public static readonly DiagnosticDescriptor[] All =
    [
        Malformed, UnknownTag, UnknownFilter, UnknownTest, BreakOutsideLoop, LoadsTemplate, WrongArguments, UnknownFunction, Unsafe, AlwaysRaises,
        UnknownVariable, EndsWithLoop, MessagesUnread, PromptUnread, TooLarge, LoopOutside, WrongOperands, GenerationChanged, NotANamespace,
        WrongMacroArguments, FailsWhereItRuns,
    ];

    private static DiagnosticDescriptor Error(string id, string title) => DescriptorForm.Of(id, title, Category, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title) => DescriptorForm.Of(id, title, Category, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title) => DescriptorForm.Of(id, title, Category, DiagnosticSeverity.Info);
}
