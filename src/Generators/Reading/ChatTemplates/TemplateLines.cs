using Microsoft.CodeAnalysis.Text;

namespace FineTune.Reading.ChatTemplates;

/// <summary>
/// The lines of a template. Jinja knows fewer line ends than the compiler: places are made here, from what Jinja calls a line.
/// </summary>
internal sealed class TemplateLines
{
    private readonly List<TextSpan> _spans = [];

    public TemplateLines(string source)
    {
        var start = 0;
        for (var i = 0; i <= source.Length; i++)
        {
            if (i < source.Length && source[i] is not ('\n' or '\r'))
                continue;
            _spans.Add(TextSpan.FromBounds(start, i));
            if (i + 1 < source.Length && source[i] == '\r' && source[i + 1] == '\n')
                i++;
            start = i + 1;
        }
    }

    /// <summary>A line's text, from 1.</summary>
    public TextSpan Span(int line) => _spans[Math.Min(Math.Max(line, 1), _spans.Count) - 1];

    public LinePositionSpan Lines(int line)
    {
        var index = Math.Min(Math.Max(line, 1), _spans.Count) - 1;
        return new(new(index, 0), new(index, _spans[index].Length));
    }
}
