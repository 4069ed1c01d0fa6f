namespace FineTune.Emit.ChatTemplates;

/// <summary>Lines of C# with their depth; a function's variables are known only when its body is written.</summary>
internal sealed class CodeLines
{
    private readonly List<(int Depth, string Text)> _lines = [];
    private int _depth;

    public void Line(string text) => _lines.Add((_depth, text));

    /// <summary>Writes lines within braces.</summary>
    public void Block(Action content)
    {
        Line("{");
        _depth++;
        content();
        _depth--;
        Line("}");
    }

    /// <summary>Lines written apart, one level deeper.</summary>
    public void Append(CodeLines lines)
    {
        foreach (var (depth, text) in lines._lines)
            _lines.Add((_depth + depth, text));
    }

    public void WriteTo(SourceWriter writer)
    {
        foreach (var (depth, text) in _lines)
            writer.Line(new string(' ', depth * 4) + text);
    }
}
