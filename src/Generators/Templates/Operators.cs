namespace FineTune.Templates;

/// <summary>The operators of the language.</summary>
internal static class Operators
{
    /// <summary>The operator that begins here and its length; length 0 if there is none.</summary>
    public static (TokenKind Kind, int Length) Match(string source, int at)
    {
        var next = at + 1 < source.Length ? source[at + 1] : '\0';
        return (source[at], next) switch
        {
            ('/', '/') => (TokenKind.FloorDivide, 2),
            ('*', '*') => (TokenKind.Power, 2),
            ('=', '=') => (TokenKind.Equal, 2),
            ('!', '=') => (TokenKind.NotEqual, 2),
            ('>', '=') => (TokenKind.GreaterOrEqual, 2),
            ('<', '=') => (TokenKind.LessOrEqual, 2),
            _ => Single(source[at]) is { } kind ? (kind, 1) : (TokenKind.Error, 0),
        };
    }

    private static TokenKind? Single(char character) => character switch
    {
        '+' => TokenKind.Add,
        '-' => TokenKind.Subtract,
        '/' => TokenKind.Divide,
        '*' => TokenKind.Multiply,
        '%' => TokenKind.Modulo,
        '~' => TokenKind.Tilde,
        '[' => TokenKind.LeftBracket,
        ']' => TokenKind.RightBracket,
        '(' => TokenKind.LeftParenthesis,
        ')' => TokenKind.RightParenthesis,
        '{' => TokenKind.LeftBrace,
        '}' => TokenKind.RightBrace,
        '>' => TokenKind.Greater,
        '<' => TokenKind.Less,
        '=' => TokenKind.Assign,
        '.' => TokenKind.Dot,
        ':' => TokenKind.Colon,
        '|' => TokenKind.Pipe,
        ',' => TokenKind.Comma,
        ';' => TokenKind.Semicolon,
        _ => null,
    };
}
