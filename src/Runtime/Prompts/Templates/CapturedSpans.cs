namespace FineTune.Prompts.Templates;

/// <summary>
/// The parts that generation blocks wrote into texts that were collected: the result of a macro, of a set block. A text is known
/// by its identity, and brings its parts along to where it is printed.
/// </summary>
internal sealed class CapturedSpans
{
    private readonly Dictionary<string, List<TrainedSpan>> _spans = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _printed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether some part was collected but never printed as it is: what became of it cannot be told.</summary>
    public bool Lost => _spans.Any(pair => pair.Value.Exists(span => span.End > span.Start) && !_printed.Contains(pair.Key));

    public void Add(string text, List<TrainedSpan> spans) => _spans[text] = spans;

    /// <summary>Notes that a text is printed.</summary>
    public void Print(string text, TemplateText target, int offset)
    {
        if (!_spans.TryGetValue(text, out var spans))
            return;
        _printed.Add(text);
        foreach (var span in spans)
            target.AddSpan(new(span.Start + offset, span.End + offset));
    }

    /// <summary>Notes what became of a text: if it was trimmed, its parts are known.</summary>
    public void Trim(string text, string trimmed)
    {
        if (ReferenceEquals(text, trimmed) || trimmed.Length == 0 || !_spans.TryGetValue(text, out var spans))
            return;
        var start = text.IndexOf(trimmed, StringComparison.Ordinal);
        if (start < 0 || PythonStrings.Strip(text, null) != PythonStrings.Strip(trimmed, null))
            return;
        _printed.Add(text);
        var end = start + trimmed.Length;
        Add(trimmed, spans.ConvertAll(span => new TrainedSpan(Math.Clamp(span.Start, start, end) - start, Math.Clamp(span.End, start, end) - start)));
    }

    /// <summary>Notes that texts were joined.</summary>
    public void Join(string joined, params ReadOnlySpan<string> parts)
    {
        List<TrainedSpan>? all = null;
        var offset = 0;
        foreach (var part in parts)
        {
            if (_spans.TryGetValue(part, out var spans))
            {
                _printed.Add(part);
                var start = offset;
                (all ??= []).AddRange(spans.Select(span => new TrainedSpan(span.Start + start, span.End + start)));
            }

            offset += part.Length;
        }

        if (all is not null && joined.Length > 0)
            Add(joined, all);
    }

    /// <summary>Notes that a filter changed a text: parts stay where all of it is one, or where the length is the same.</summary>
    public void Change(string text, string changed)
    {
        if (ReferenceEquals(text, changed) || changed.Length == 0 || !_spans.TryGetValue(text, out var spans))
            return;
        var whole = spans is [{ Start: 0 } only] && only.End == text.Length;
        if (!whole && text.Length != changed.Length)
            return;
        _printed.Add(text);
        Add(changed, whole ? [new(0, changed.Length)] : spans);
    }
}
