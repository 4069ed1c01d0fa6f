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
    private const string MergeKey = "<<";

    private readonly string _text;
    private readonly Action<DiagnosticDescriptor, TextSpan, string> _report;
    private readonly Stack<OpenNode> _open = new();
    private readonly YamlLines _lines;
    private YamlNode? _root;
    private bool _hasAlias;

    private YamlDocumentReader(string text, Action<DiagnosticDescriptor, TextSpan, string> report)
    {
        _text = text;
        _report = report;
        _lines = new(text);
    }

    /// <summary>Reads a text; mistakes are reported, and <see langword="null"/> is returned if nothing can be made of it.</summary>
    public static YamlNode? Read(string text, Action<DiagnosticDescriptor, TextSpan, string> report, CancellationToken cancellation)
    {
        var reader = new YamlDocumentReader(text, report);
        return reader.CheckIndentation() && reader.ReadEvents(cancellation) ? reader._root : null;
    }

    // The parser would complain about the mapping around it, at another line.
    private bool CheckIndentation()
    {
        for (var start = 0; start < _text.Length; start = _lines.Next(start))
        {
            var first = start;
            while (first < _text.Length && _text[first] == ' ')
                first++;
            if (first >= _text.Length || !(_text[first] == '\t' || IsSpaceLookAlike(_text[first])))
                continue;
            var end = first;
            while (end < _text.Length && (_text[end] is '\t' or ' ' || IsSpaceLookAlike(_text[end])))
                end++;
            if (end >= _text.Length || _text[end] is '\r' or '\n' or '#' || _lines.IsInsideBlock(start))
                continue;
            if (_text[first] == '\t')
                _report(RecipeDiagnostics.TabIndentation, new(first, 1), "YAML is indented with spaces, not tabs; replace this tab.");
            else
                _report(RecipeDiagnostics.LookAlike, new(first, 1), LookAlikes.Explain(_text[first]).Message);
            return false;
        }

        return true;
    }

    private static bool IsSpaceLookAlike(char character) => character is '\u00a0' or '\u2007' or '\u202f' or '\u3000' or '\u2002' or '\u2003';

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
        CheckUnsupported(parsed);
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

    private void CheckUnsupported(ParsingEvent parsed)
    {
        if (parsed is NodeEvent { Anchor.IsEmpty: false } anchored)
            _report(RecipeDiagnostics.Anchor, Span(parsed), $"Recipes have no anchors; remove '&{anchored.Anchor.Value}', and write the value where it is needed.");
        if (parsed is NodeEvent { Tag.IsEmpty: false })
            _report(RecipeDiagnostics.Tag, Span(parsed), "Recipes have no tags, since a key's type is known; remove the tag, or put a text that begins with '!' in quotes.");
        if (parsed is Scalar { Value: MergeKey, Style: ScalarStyle.Plain } && _open.Count > 0 && _open.Peek() is { HasKey: false, Node: YamlMap })
            _report(RecipeDiagnostics.MergeKey, Span(parsed), "Recipes have no merge keys; write the keys themselves here.");
        if (parsed is AnchorAlias alias && !(_open.Count > 0 && _open.Peek() is { HasKey: true, Key.Value: MergeKey }))
            _report(RecipeDiagnostics.Alias, Span(parsed), $"Recipes have no aliases; write the value of '*{alias.Value.Value}' itself, or put a text that begins with '*' in quotes.");
    }

    private YamlText ReadScalar(Scalar scalar)
    {
        var span = Span(scalar);
        var isBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        // A block keeps one line break at its end unless its header says '-' (none) or '+' (all).
        var header = isBlock ? _lines.At(span.Start).Split('#')[0] : "";
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
        if (parent.Key is not { } key || (key is { Value: MergeKey, IsPlain: true }))
            return;
        if (map.Entries.Find(entry => entry.Key.Value == key.Value).Key is { } first)
            _report(
                RecipeDiagnostics.DuplicateKey, key.Span,
                $"The key {KeyText.Quote(key.Value)} is given in line {_lines.Number(first.Span.Start)} already; remove one.");
        else
            map.Entries.Add(new(key, node));
    }

    private void ReportMalformed(Exception exception)
    {
        var start = exception is YamlException yaml ? Math.Min(Index(yaml.Start), _text.Length) : _text.Length;
        if (new YamlMistakes(_text).Find(start) is { } mistake)
        {
            _report(mistake.Descriptor, mistake.Span, mistake.Message);
            return;
        }

        var flow = _open.FirstOrDefault(open => open.Node.Span.Start < _text.Length && _text[open.Node.Span.Start] is '[' or '{');
        if (flow is not null)
        {
            var bracket = _text[flow.Node.Span.Start];
            _report(
                RecipeDiagnostics.MalformedYaml, new(flow.Node.Span.Start, 1),
                $"This '{bracket}' is not closed where it should be; close it, and put texts with special characters in quotes.");
            return;
        }

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

    private sealed class OpenNode(YamlNode node)
    {
        public YamlNode Node { get; } = node;

        public bool HasKey { get; set; }

        public YamlText? Key { get; set; }
    }
}
