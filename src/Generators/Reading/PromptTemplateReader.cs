using System.Text;
using FineTune.Diagnostics;
using FineTune.Keys;

namespace FineTune.Reading;

/// <summary>
/// Reads templates: <c>{Field}</c>, <c>{Field|completion}</c>, and <c>{{</c> and <c>}}</c> for braces in the text.
/// Line breaks are <c>\n</c>, whatever the file has, so that a checkout's line endings do not change what is trained.
/// </summary>
internal static class PromptTemplateReader
{
    private const string Completion = "completion";

    public static PromptTemplate Read(string template)
    {
        var pieces = new List<PromptTemplatePiece>();
        var problems = new List<PromptProblem>();
        var text = new StringBuilder();
        for (var i = 0; i < template.Length;)
        {
            var character = template[i];
            var doubled = i + 1 < template.Length && template[i + 1] == character;
            if (character is '{' or '}' && doubled)
            {
                text.Append(character);
                i += 2;
            }
            else if (character == '{')
            {
                FlushText();
                i = ReadField(template, i, pieces, problems);
            }
            else
            {
                if (character == '}')
                    problems.Add(PromptProblem.At(
                        i, 1, PromptDiagnostics.MalformedField, "This '}' closes nothing; write '}}' for a brace in the text."));
                else if (!IsReturnOfLineBreak(template, i))
                    text.Append(character);
                i++;
            }
        }

        FlushText();
        if (problems.Count == 0 && CheckEnd(pieces) is { } untrained)
            problems.Add(untrained);
        return new(pieces, problems);

        void FlushText()
        {
            if (text.Length > 0)
                pieces.Add(new(text.ToString(), IsField: false, Trained: false, Offset: 0));
            text.Clear();
        }
    }

    // Reads the field at an opening brace and returns where the text goes on.
    private static int ReadField(string template, int open, List<PromptTemplatePiece> pieces, List<PromptProblem> problems)
    {
        var close = template.IndexOfAny(['}', '{', '\n'], open + 1);
        if (close < 0 || template[close] != '}')
        {
            problems.Add(PromptProblem.At(
                open, 1, PromptDiagnostics.MalformedField,
                "This '{' is not closed; close the field, or write '{{' for a brace in the text."));
            return open + 1;
        }

        var inner = template.Substring(open + 1, close - open - 1);
        var bar = inner.IndexOf('|');
        var name = bar < 0 ? inner : inner.Substring(0, bar);
        if (!IsName(name))
        {
            problems.Add(PromptProblem.At(open, close - open + 1, PromptDiagnostics.MalformedField, DescribeBadName(name)));
            return close + 1;
        }

        if (bar >= 0 && inner.Substring(bar + 1) is var format && format != Completion)
        {
            var advice = Suggestion.Nearest(format, [Completion]) is null ? $"the only one is '{Completion}'." : $"did you mean '{Completion}'?";
            problems.Add(PromptProblem.At(
                open + 1 + bar + 1, format.Length, PromptDiagnostics.UnknownFieldFormat,
                $"Unknown format {KeyText.Quote(format)} of field '{name}'; {advice}"));
        }

        pieces.Add(new(name, IsField: true, Trained: bar >= 0, open + 1));
        return close + 1;
    }

    /// <summary>The mistake of a template that shows nothing to learn; a method whose rewards judge completions needs nothing shown.</summary>
    public static PromptProblem? CheckCompletion(IReadOnlyList<PromptTemplatePiece> pieces)
    {
        if (pieces.Count == 0 || pieces.Any(piece => piece.Trained))
            return null;
        var example = pieces.LastOrDefault(piece => piece.IsField)?.Text ?? "answer";
        return PromptProblem.Whole(
            PromptDiagnostics.NoCompletion, $"The prompt has no completion, so that nothing would be trained; mark the field to learn, as in {{{example}|completion}}.");
    }

    private static PromptProblem? CheckEnd(List<PromptTemplatePiece> pieces)
    {
        if (!pieces.Exists(piece => piece.Trained) || pieces[pieces.Count - 1].Trained)
            return null;
        var last = pieces[pieces.Count - 1].Text;
        var what = string.IsNullOrWhiteSpace(last) ? "White space" : KeyText.Quote(last);
        return PromptProblem.Whole(
            PromptDiagnostics.UntrainedEnd, $"{what} follows the last completion, so that the end of the sequence is not trained and the model does not learn to stop; end the prompt with a completion.");
    }

    private static bool IsReturnOfLineBreak(string template, int index) =>
        template[index] == '\r' && index + 1 < template.Length && template[index + 1] == '\n';

    private static bool IsName(string name) =>
        name.Length > 0
        && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(character => char.IsLetterOrDigit(character) || character is '_' or '-');

    private static string DescribeBadName(string name)
    {
        var trimmed = name.Trim();
        if (IsName(trimmed))
            return $"The field {KeyText.Quote(name)} has spaces around its name; write '{{{trimmed}}}'.";
        return name.Length == 0
            ? "The field has no name; write one, or '{{' and '}}' for braces in the text."
            : $"{KeyText.Quote(name)} cannot be a field's name; write '{{{{' and '}}}}' for braces in the text.";
    }
}
