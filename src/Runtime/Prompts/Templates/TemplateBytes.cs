namespace FineTune.Prompts.Templates;

/// <summary>Bytes, as <c>str.encode</c> gives them; there is little that a template can do with them but print them.</summary>
internal sealed record TemplateBytes(byte[] Bytes)
{
    /// <summary><c>value in bytes</c>: a part, or one byte as a number.</summary>
    public bool Contains(object? value)
    {
        TemplateBudget.Steps(Bytes.Length / 64);
        if (value is TemplateBytes part)
            return Bytes.AsSpan().IndexOf(part.Bytes) >= 0;
        var number = PythonNumbers.Integer(value) ?? throw TemplateException.Type($"a bytes-like object is required, not '{PythonTypes.NameOf(value)}'");
        return number >= 0 && number < 256 ? Bytes.Contains((byte)number) : throw TemplateException.Value("byte must be in range(0, 256)");
    }

    public string Repr()
    {
        var text = string.Concat(Bytes.Select(value => value switch
        {
            (byte)'\\' => "\\\\",
            (byte)'\n' => "\\n",
            (byte)'\r' => "\\r",
            (byte)'\t' => "\\t",
            >= 32 and < 127 => ((char)value).ToString(),
            _ => $"\\x{value:x2}",
        }));
        return text.Contains('\'') && !text.Contains('"') ? $"b\"{text}\"" : $"b'{text.Replace("'", "\\'")}'";
    }
}
