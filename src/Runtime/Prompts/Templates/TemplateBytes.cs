namespace FineTune.Prompts.Templates;

/// <summary>Bytes, as <c>str.encode</c> gives them; there is little that a template can do with them but print them.</summary>
internal sealed record TemplateBytes(byte[] Bytes)
{
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
