namespace FineTune.Templates;

/// <summary>The tokens of a template, one after the other.</summary>
internal sealed class TokenStream(IReadOnlyList<Token> tokens)
{
    private int _position;

    /// <summary>
    /// The first mistake that Jinja does not see, but Python in the code that Jinja makes of the template: all of Jinja's come before it.
    /// </summary>
    public TemplateSyntaxException? Late { get; private set; }

    /// <summary>Keeps a mistake that comes after those of the grammar and of names.</summary>
    public void Defer(TemplateSyntaxException mistake) => Late ??= mistake;

    /// <summary>The current token.</summary>
    /// <exception cref="TemplateSyntaxException">The text here is no token.</exception>
    public Token Current => tokens[_position] is { Kind: TokenKind.Error } error
        ? throw new TemplateSyntaxException(error.Text, error.Line)
        : tokens[_position];

    /// <summary>The token after the current one.</summary>
    public Token Next => tokens[Math.Min(_position + 1, tokens.Count - 1)];

    /// <summary>Goes on; returns the token that was current.</summary>
    public Token Take()
    {
        var token = Current;
        if (_position < tokens.Count - 1)
            _position++;
        // A mistake in the text comes before one in the grammar that is found here.
        _ = Current;
        return token;
    }

    public bool TakeIf(TokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Take();
        return true;
    }

    public bool TakeName(string name)
    {
        if (!Current.IsName(name))
            return false;
        Take();
        return true;
    }

    public Token Expect(TokenKind kind, string description) => Current.Kind == kind ? Take() : throw Unexpected(description);

    public void ExpectName(string name)
    {
        if (!Current.IsName(name))
            throw Unexpected(name);
        Take();
    }

    private TemplateSyntaxException Unexpected(string expected)
    {
        var token = Current;
        return token.Kind == TokenKind.End
            ? new($"unexpected end of template, expected '{expected}'.", token.Line)
            : new($"expected token '{expected}', got '{token.Describe()}'", token.Line);
    }
}
