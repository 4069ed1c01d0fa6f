using System.Text;

namespace FineTune.Tokenization;

/// <summary>
/// A text after normalization, with the range of the original text that each of its UTF-16 units came from. Transformations
/// give new units the ranges that Hugging Face's NormalizedString gives them, so that offsets agree.
/// </summary>
internal sealed class NormalizedText
{
    private readonly int[]? _starts;
    private readonly int[]? _ends;

    /// <summary>An original text, or the part of it that starts at <paramref name="originalStart"/>.</summary>
    public NormalizedText(string text, int originalStart = 0)
    {
        Text = text;
        OriginalStart = originalStart;
    }

    private NormalizedText(string text, int originalStart, int[] starts, int[] ends)
    {
        Text = text;
        OriginalStart = originalStart;
        _starts = starts;
        _ends = ends;
    }

    public string Text { get; }

    /// <summary>Where the original text of this part starts.</summary>
    public int OriginalStart { get; }

    public bool IsEmpty => Text.Length == 0;

    /// <summary>The original range of a range of this text.</summary>
    public (int Start, int End) Original(int start, int end) =>
        end > start ? (StartOf(start), EndOf(end - 1)) : start < Text.Length ? (StartOf(start), StartOf(start)) : (OriginalStart, OriginalStart);

    public NormalizedText Slice(int start, int end)
    {
        if (start == 0 && end == Text.Length)
            return this;
        var text = Text[start..end];
        if (_starts is null || _ends is null)
            return new NormalizedText(text, OriginalStart + start);
        var originalStart = end > start ? _starts[start] : OriginalStart;
        return new NormalizedText(text, originalStart, _starts[start..end], _ends[start..end]);
    }

    /// <summary>Another text of the same length, unit by unit.</summary>
    public NormalizedText WithUnits(string text)
    {
        if (text.Length != Text.Length)
            throw new ArgumentException("The text must have the same length.", nameof(text));
        return _starts is null || _ends is null
            ? new NormalizedText(text, OriginalStart)
            : new NormalizedText(text, OriginalStart, _starts, _ends);
    }

    /// <summary>Puts a text in front; it gets the range of the first character. An empty text stays empty.</summary>
    public NormalizedText Prepend(string prefix)
    {
        if (IsEmpty)
            return this;
        var builder = new Builder(this, Text.Length + prefix.Length);
        builder.Append(prefix, StartOf(0), EndOf(0));
        builder.Copy(0, Text.Length);
        return builder.Build();
    }

    /// <summary>
    /// Replaces the whole text. Change 0 is a character in place of the next old one, a positive change an inserted
    /// character (which shares the range of what is before it), −n in place of the next old one with n more removed.
    /// </summary>
    public NormalizedText Transform(IReadOnlyList<(Rune Character, int Change)> destination, int initiallyRemoved = 0)
    {
        var builder = new Builder(this, Text.Length);
        var position = Skip(0, initiallyRemoved);
        Span<char> units = stackalloc char[2];
        foreach (var (character, change) in destination)
        {
            var from = change > 0 ? position - 1 : position;
            var (start, end) = from < 0 ? (0, 0) : from < Text.Length ? (StartOf(from), EndOf(from)) : (EndOf(Text.Length - 1), EndOf(Text.Length - 1));
            builder.Append(units[..character.EncodeToUtf16(units)], start, end);
            if (change <= 0)
                position = Skip(position, 1 - change);
        }

        return builder.Build();
    }

    /// <summary>Replaces the given ranges by one content; its characters get the range of the last unit that they replace.</summary>
    public NormalizedText Replace(IReadOnlyList<(int Start, int End)> ranges, string content)
    {
        if (ranges.Count == 0)
            return this;
        var builder = new Builder(this, Text.Length);
        var copied = 0;
        foreach (var (start, end) in ranges)
        {
            builder.Copy(copied, start);
            var (originalStart, originalEnd) = end > 0 ? (StartOf(end - 1), EndOf(end - 1)) : (0, 0);
            builder.Append(content, originalStart, originalEnd);
            copied = end;
        }

        builder.Copy(copied, Text.Length);
        return builder.Build();
    }

    /// <summary>Removes the characters that <paramref name="keep"/> rejects.</summary>
    public NormalizedText Filter(Func<Rune, bool> keep)
    {
        Builder? builder = null;
        for (var i = 0; i < Text.Length;)
        {
            Rune.DecodeFromUtf16(Text.AsSpan(i), out var rune, out var width);
            if (keep(rune))
                builder?.Copy(i, i + width);
            else if (builder is null)
                (builder = new Builder(this, Text.Length)).Copy(0, i);
            i += width;
        }

        return builder?.Build() ?? this;
    }

    private int Skip(int position, int characters)
    {
        for (; characters > 0 && position < Text.Length; characters--)
            position += char.IsHighSurrogate(Text[position]) && position + 1 < Text.Length && char.IsLowSurrogate(Text[position + 1]) ? 2 : 1;
        return position;
    }

    private int StartOf(int unit)
    {
        if (_starts is not null)
            return _starts[unit];
        var isSecond = unit > 0 && char.IsLowSurrogate(Text[unit]) && char.IsHighSurrogate(Text[unit - 1]);
        return OriginalStart + unit - (isSecond ? 1 : 0);
    }

    private int EndOf(int unit)
    {
        if (_ends is not null)
            return _ends[unit];
        var isFirst = unit + 1 < Text.Length && char.IsHighSurrogate(Text[unit]) && char.IsLowSurrogate(Text[unit + 1]);
        return OriginalStart + unit + (isFirst ? 2 : 1);
    }

    /// <summary>Collects a text with its ranges.</summary>
    private sealed class Builder(NormalizedText source, int capacity)
    {
        private readonly StringBuilder _text = new(capacity);
        private int[] _starts = new int[capacity];
        private int[] _ends = new int[capacity];

        public void Append(ReadOnlySpan<char> units, int start, int end)
        {
            Reserve(units.Length);
            _starts.AsSpan(_text.Length, units.Length).Fill(start);
            _ends.AsSpan(_text.Length, units.Length).Fill(end);
            _text.Append(units);
        }

        public void Copy(int start, int end)
        {
            Reserve(end - start);
            for (int from = start, to = _text.Length; from < end; from++, to++)
                (_starts[to], _ends[to]) = (source.StartOf(from), source.EndOf(from));
            _text.Append(source.Text, start, end - start);
        }

        public NormalizedText Build() => new(_text.ToString(), source.OriginalStart, _starts, _ends);

        private void Reserve(int count)
        {
            if (_text.Length + count <= _starts.Length)
                return;
            var length = Math.Max(_text.Length + count, _starts.Length * 2);
            Array.Resize(ref _starts, length);
            Array.Resize(ref _ends, length);
        }
    }
}
