using FineTune.Diagnostics;
using FineTune.Keys;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FineTune.Reading;

/// <summary>
/// Reads one YAML document into nodes with places. It follows the parser's events, because of them alone one can tell which
/// bracket was never closed; only this file knows the parser.
/// </summary>
internal sealed class YamlDocumentReader
{
    private readonly string _text;
    private readonly Action<DiagnosticDescriptor, TextSpan, string> _report;
    private readonly Stack<OpenNode> _open = new();
    private YamlNode? _root;
    private bool _hasAlias;

    private YamlDocumentReader(string text, Action<DiagnosticDescriptor, TextSpan, string> report)
    {
        _text = text;
        _report = report;
    }

    /// <summary>Reads a text; mistakes are reported, and <see langword="null"/> is returned if nothing can be made of it.</summary>
    public static YamlNode? Read(string text, Action<DiagnosticDescriptor, TextSpan, string> report, CancellationToken cancellation)
    {
        var reader = new YamlDocumentReader(text, report);
        return reader.CheckTabs() && reader.ReadEvents(cancellation) ? reader._root : null;
    }

    // The parser would complain about the mapping around it, at another line.
    private bool CheckTabs()
    {
        for (var start = 0; start < _text.Length; start = NextLine(start))
        {
            var first = start;
            while (first < _text.Length && _text[first] == ' ')
                first++;
            if (first >= _text.Length || _text[first] != '\t')
                continue;
            var end = first;
            while (end < _text.Length && _text[end] is '\t' or ' ')
                end++;
            if (end >= _text.Length || _text[end] is '\r' or '\n' or '#' || IsInsideBlock(start))
                continue;
            _report(RecipeDiagnostics.TabIndentation, new(first, 1), "YAML is indented with spaces, not tabs; replace this tab.");
            return false;
        }

        return true;
    }

    // Within a block scalar a tab after the indentation is text. A line belongs to one if, of the lines above that are
    // indented less than all lines below them, one ends in a block's header.
    private bool IsInsideBlock(int start)
    {
        var indentation = Indentation(start);
        for (var line = PreviousLine(start); line >= 0 && indentation > 0; line = PreviousLine(line))
        {
            var content = Line(line).Trim();
            if (content.Length == 0 || Indentation(line) >= indentation)
                continue;
            indentation = Indentation(line);
            var header = content.Split('#')[0].TrimEnd(' ', '+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            if (header.EndsWith("|", StringComparison.Ordinal) || header.EndsWith(">", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private bool ReadEvents(CancellationToken cancellation)
    {
        try
        {
            var parser = new Parser(new StringReader(_text));
            var documents = 0;
            while (parser.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                if (parser.Current is DocumentStart start && ++documents > 1)
                {
                    _report(
                        RecipeDiagnostics.SeveralDocuments, Span(start),
                        "A recipe file has one YAML document; move the second one into a file of its own.");
                    return _root is not null;
                }

                Add(parser.Current!);
            }

            if (_root is null or YamlText { Value.Length: 0 })
            {
                _report(RecipeDiagnostics.EmptyRecipe, new(0, 0), "The recipe is empty; it begins with 'recipe: Name'.");
                return false;
            }

            // What an alias stands for is not known here, so that all further complaints could be wrong.
            return !_hasAlias;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Malformed text makes the parser throw more than YamlException. An exception that left the generator would take
            // all generated code with it.
            ReportMalformed(exception);
            return false;
        }
    }

    private void Add(ParsingEvent parsed)
    {
        if (parsed is NodeEvent { Tag.IsEmpty: false } or NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
            _report(RecipeDiagnostics.UnsupportedYaml, Span(parsed), "Recipes have no anchors, aliases and tags; write the value itself.");
        _hasAlias |= parsed is AnchorAlias;
        switch (parsed)
        {
            case MappingStart:
                _open.Push(new(new YamlMap([], Span(parsed))));
                break;
            case SequenceStart:
                _open.Push(new(new YamlList([], Span(parsed))));
                break;
            case MappingEnd or SequenceEnd:
                Complete(_open.Pop().Node);
                break;
            case Scalar scalar:
                Complete(ReadScalar(scalar));
                break;
            case AnchorAlias:
                Complete(new YamlText("", IsPlain: false, EndsWithBlock: false, Span(parsed)));
                break;
        }
    }

    private YamlText ReadScalar(Scalar scalar)
    {
        var span = Span(scalar);
        var isBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        // A block keeps one line break at its end unless its header says '-' (none) or '+' (all).
        var header = isBlock ? Line(span.Start).Split('#')[0] : "";
        var clips = isBlock && header.IndexOfAny(['-', '+']) < 0;
        return new(scalar.Value, scalar.Style == ScalarStyle.Plain, clips && scalar.Value.EndsWith("\n", StringComparison.Ordinal), span);
    }

    private void Complete(YamlNode node)
    {
        if (_open.Count == 0)
        {
            _root ??= node;
            return;
        }

        var parent = _open.Peek();
        if (parent.Node is YamlList list)
            list.Items.Add(node);
        else if (parent.Node is YamlMap map)
            AddToMap(parent, map, node);
    }

    private void AddToMap(OpenNode parent, YamlMap map, YamlNode node)
    {
        if (!parent.HasKey)
        {
            parent.Key = node as YamlText;
            parent.HasKey = true;
            if (parent.Key is null)
                _report(RecipeDiagnostics.WrongType, node.Span, $"A key must be a text, but is {node.Description}.");
            return;
        }

        parent.HasKey = false;
        if (parent.Key is not { } key)
            return;
        if (map.Entries.Find(entry => entry.Key.Value == key.Value).Key is { } first)
            _report(
                RecipeDiagnostics.DuplicateKey, key.Span,
                $"The key {KeyText.Quote(key.Value)} is given in line {LineNumber(first.Span.Start)} already; remove one.");
        else
            map.Entries.Add(new(key, node));
    }

    private void ReportMalformed(Exception exception)
    {
        var flow = _open.FirstOrDefault(open => open.Node.Span.Start < _text.Length && _text[open.Node.Span.Start] is '[' or '{');
        if (flow is not null)
        {
            var bracket = _text[flow.Node.Span.Start];
            _report(
                RecipeDiagnostics.MalformedYaml, new(flow.Node.Span.Start, 1),
                $"This '{bracket}' is not closed where it should be; close it, and put texts with special characters in quotes.");
            return;
        }

        var start = exception is YamlException yaml ? Math.Min(Index(yaml.Start), _text.Length) : _text.Length;
        var detail = exception is YamlException ? exception.Message.TrimEnd('.') : "it ends too early";
        _report(RecipeDiagnostics.MalformedYaml, new(start, start < _text.Length ? 1 : 0), $"The recipe is not well-formed YAML: {detail}.");
    }

    // Ends of mappings and lists are not known when they begin, and those of flow collections never: one character is marked.
    private TextSpan Span(ParsingEvent parsed)
    {
        var start = Math.Min(Index(parsed.Start), _text.Length);
        var end = parsed is Scalar or AnchorAlias ? Index(parsed.End) : start + 1;
        return TextSpan.FromBounds(start, Math.Min(Math.Max(start, end), _text.Length));
    }

    private static int Index(Mark mark) => (int)Math.Max(0, Math.Min(mark.Index, int.MaxValue));

    private int LineNumber(int position) => _text.Take(position).Count(character => character == '\n') + 1;

    private int NextLine(int start) => _text.IndexOf('\n', start) is >= 0 and var end ? end + 1 : _text.Length;

    private int PreviousLine(int start) => start == 0 ? -1 : start == 1 ? 0 : _text.LastIndexOf('\n', start - 2) + 1;

    private string Line(int start) => _text.Substring(start, NextLine(start) - start);

    private int Indentation(int start)
    {
        var end = start;
        while (end < _text.Length && _text[end] == ' ')
            end++;
        return end - start;
    }

    private sealed class OpenNode(YamlNode node)
    {
        public YamlNode Node { get; } = node;

        public bool HasKey { get; set; }

        public YamlText? Key { get; set; }
    }
}
