using FineTune.Diagnostics;
using FineTune.Model;
using FineTune.Templates;

namespace FineTune.Reading.ChatTemplates;

/// <summary>Reads and checks a chat template.</summary>
internal static class ChatTemplateReader
{
    public static ChatTemplateResult Read(ChatTemplateFile file, CancellationToken cancellation)
    {
        var lines = new TemplateLines(file.Source);
        BoundTemplate template;
        try
        {
            template = BoundTemplate.Parse(file.Source);
        }
        catch (TemplateSyntaxException exception)
        {
            return new(file, false, new([Create(SyntaxFindings.Of(exception))]));
        }

        cancellation.ThrowIfCancellationRequested();
        var scopes = new TemplateScopes(template);
        var findings = SyntaxFindings.InConditions(template)
            .Concat(StructureChecks.Check(template))
            .Concat(NameChecks.Check(template, scopes))
            .Concat(CallChecks.Check(template, scopes))
            .Concat(OperandChecks.Check(template, scopes))
            .OrderBy(finding => finding.Line).ThenBy(finding => finding.Descriptor.Id, StringComparer.Ordinal)
            .Distinct().Select(Create).ToList();
        return new(file, true, new(findings));

        DiagnosticInfo Create(TemplateFinding finding) =>
            new(finding.Descriptor.Id, finding.Message, new LocationInfo(file.Path, lines.Span(finding.Line), lines.Lines(finding.Line)));
    }
}
