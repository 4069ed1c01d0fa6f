namespace FineTune.Templates;

/// <summary>A token of a template.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text: the value of a string, the message of an error.</param>
/// <param name="Line">Its line, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    /// <summary>The token as messages name it.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.Name => Text,
        TokenKind.String => "string",
        TokenKind.Integer => "integer",
        TokenKind.Float => "float",
        TokenKind.VariableEnd => "end of print statement",
        TokenKind.VariableBegin => "begin of print statement",
        TokenKind.BlockEnd => "end of statement block",
        TokenKind.BlockBegin => "begin of statement block",
        TokenKind.Data => "template data / text",
        TokenKind.End => "end of template",
        _ => Text,
    };
}
