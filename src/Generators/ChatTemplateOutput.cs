using FineTune.Emit.ChatTemplates;
using FineTune.Keys;
using FineTune.Model;
using FineTune.Reading.ChatTemplates;
using FineTune.Templates;
using Microsoft.CodeAnalysis;

namespace FineTune;

/// <summary>
/// The part of the generator that compiles the chat templates of recipes' models. They come as additional files with the metadata
/// <c>FineTuneItem</c> (<c>ChatTemplate</c>) and <c>FineTuneModel</c> (the model as recipes name it).
/// </summary>
internal static class ChatTemplateOutput
{
    private const string ItemMetadata = "build_metadata.AdditionalFiles.FineTuneItem";
    private const string ModelMetadata = "build_metadata.AdditionalFiles.FineTuneModel";

    /// <summary>Compiles the templates.</summary>
    /// <param name="context">The generator.</param>
    /// <param name="unused">The models whose templates no recipe renders by: they are compiled, as code may take them, but their mistakes are not told.</param>
    /// <returns>Whether there are any, which pipelines then name.</returns>
    public static IncrementalValueProvider<bool> Register(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<string>> unused)
    {
        var results = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select((pair, cancellation) => pair.Right.GetOptions(pair.Left) is var options
                && options.TryGetValue(ItemMetadata, out var item) && item == "ChatTemplate" && options.TryGetValue(ModelMetadata, out var model)
                && pair.Left.GetText(cancellation) is { } text
                    ? new ChatTemplateFile(model, pair.Left.Path, text.ToString())
                    : null)
            .Where(file => file is not null)
            .Select((file, _) => file!)
            .WithTrackingName(TrackingNames.ChatTemplateFiles)
            .Select(ChatTemplateReader.Read)
            .WithTrackingName(TrackingNames.ChatTemplates);

        var classes = results.Where(result => result.Valid).Select((result, _) => result.File.Model).Collect()
            .Select((models, _) => ChatTemplateNames.Assign(models))
            .WithTrackingName(TrackingNames.ChatTemplateClasses);

        context.RegisterSourceOutput(results.Where(result => result.Valid).Select((result, _) => result.File).Combine(classes), (output, pair) =>
        {
            var name = pair.Right.First(known => known.Model == pair.Left.Model).ClassName;
            output.AddSource($"{name}.g.cs", ChatTemplateEmitter.Emit(name, pair.Left.Model, Lexer.NormalizeNewlines(pair.Left.Source), BoundTemplate.Parse(pair.Left.Source)));
        });
        context.RegisterSourceOutput(classes, (output, known) =>
        {
            if (known.Count > 0)
                output.AddSource(ChatTemplatesEmitter.HintName, ChatTemplatesEmitter.Emit(known));
        });
        var mistakes = results.Combine(unused).SelectMany((pair, _) => pair.Right.Contains(pair.Left.File.Model) ? default : pair.Left.Diagnostics);
        context.RegisterSourceOutput(mistakes, (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
        return classes.Select((known, _) => known.Count > 0);
    }
}
