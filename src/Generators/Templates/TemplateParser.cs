namespace FineTune.Templates;

/// <summary>Reads the statements of a template by Jinja's grammar, with loop controls and <c>{% generation %}</c>.</summary>
internal sealed class TemplateParser
{
    private readonly TokenStream _stream;
    private readonly ExpressionParser _expressions;
    private readonly Stack<string> _tags = new();
    private readonly Stack<string[]> _ends = new();

    private TemplateParser(TokenStream stream)
    {
        _stream = stream;
        _expressions = new ExpressionParser(stream);
    }

    /// <summary>The statements of a template, and a mistake that counts if there is no other.</summary>
    /// <exception cref="TemplateSyntaxException">Its text is wrong.</exception>
    public static (IReadOnlyList<Statement> Body, TemplateSyntaxException? Late) Parse(string source)
    {
        if (source.Length > ParserLimits.Length)
        {
            throw new TemplateSyntaxException(
                $"the template has {source.Length:N0} characters; at most {ParserLimits.Length:N0} are allowed", 1, TemplateProblem.TooLarge);
        }

        var stream = new TokenStream(Lexer.Read(source));
        return (new TemplateParser(stream).ParseBody(), stream.Late);
    }

    private List<Statement> ParseBody()
    {
        var body = new List<Statement>();
        var output = new List<Expression>();
        while (_stream.Current.Kind != TokenKind.End)
        {
            var token = _stream.Take();
            switch (token.Kind)
            {
                case TokenKind.Data:
                    output.Add(new TextExpression(token.Text, token.Line));
                    break;
                case TokenKind.VariableBegin:
                    output.Add(_expressions.ParseTuple());
                    _stream.Expect(TokenKind.VariableEnd, "end of print statement");
                    break;
                default:
                    Flush();
                    if (_ends.Count > 0 && _stream.Current.Kind == TokenKind.Name && _ends.Peek().Contains(_stream.Current.Text))
                        return body;
                    body.Add(ParseStatement());
                    _stream.Expect(TokenKind.BlockEnd, "end of statement block");
                    break;
            }
        }

        Flush();
        return body;

        void Flush()
        {
            if (output.Count > 0)
                body.Add(new OutputStatement([.. output], output[0].Line));
            output.Clear();
        }
    }

    private Statement ParseStatement()
    {
        var token = _stream.Current;
        if (token.Kind != TokenKind.Name)
            throw new TemplateSyntaxException("tag name expected", token.Line);
        if (_tags.Count >= ParserLimits.Statements)
            throw new TemplateSyntaxException("tags are nested too deeply", token.Line, TemplateProblem.TooDeep);
        _tags.Push(token.Text);
        var statement = token.Text switch
        {
            "for" => ParseFor(),
            "if" => ParseIf(),
            "set" => ParseSet(),
            "macro" => ParseMacro(),
            "call" => ParseCall(),
            "generation" => ParseGeneration(),
            "filter" => ParseFilter(),
            "with" => ParseWith(),
            "autoescape" => ParseAutoescape(),
            "block" => ParseBlock(),
            "print" => ParsePrint(),
            "include" => ParseInclude(),
            "extends" => ParseExtends(),
            "import" => ParseImport(),
            "from" => ParseFrom(),
            "break" => new BreakStatement(_stream.Take().Line),
            "continue" => new ContinueStatement(_stream.Take().Line),
            _ => null,
        };
        _tags.Pop();
        return statement ?? throw UnknownTag(token);
    }

    /// <summary>What follows a tag, up to one of these end tags, which is then the current token.</summary>
    private List<Statement> ParseUntil(params string[] ends)
    {
        _stream.TakeIf(TokenKind.Colon);
        _stream.Expect(TokenKind.BlockEnd, "end of statement block");
        _ends.Push(ends);
        var body = ParseBody();
        if (_stream.Current.Kind == TokenKind.End)
            throw UnexpectedEnd(null, _stream.Current.Line);
        _ends.Pop();
        return body;
    }

    private List<Statement> ParseToEnd(string end)
    {
        var body = ParseUntil(end);
        _stream.Take();
        return body;
    }

    private ForStatement ParseFor()
    {
        var line = _stream.Take().Line;
        // As in Jinja, a comma before "in" or "recursive" makes a name of it: {% for a, in pairs %} is an error.
        var target = ParseTarget();
        _stream.ExpectName("in");
        var iterable = _expressions.ParseTuple(withConditional: false);
        var test = _stream.TakeName("if") ? _expressions.ParseExpression() : null;
        var recursive = _stream.TakeName("recursive");
        var body = ParseUntil("endfor", "else");
        List<Statement> otherwise = _stream.Take().Text == "endfor" ? [] : ParseToEnd("endfor");
        return new(target, iterable, test, recursive, body, otherwise, line);
    }

    private IfStatement ParseIf()
    {
        var line = _stream.Take().Line;
        var branches = new List<(Expression, IReadOnlyList<Statement>, int)>();
        List<Statement> otherwise = [];
        for (var branchLine = line; ; branchLine = _stream.Current.Line)
        {
            var test = _expressions.ParseTuple(withConditional: false);
            branches.Add((test, ParseUntil("elif", "else", "endif"), branchLine));
            var end = _stream.Take();
            if (end.Text == "else")
                otherwise = ParseToEnd("endif");
            if (end.Text != "elif")
                return new(branches, otherwise, line);
        }
    }

    private Statement ParseSet()
    {
        var line = _stream.Take().Line;
        var target = ParseTarget(withNamespace: true);
        if (_stream.TakeIf(TokenKind.Assign))
            return new SetStatement(target, _expressions.ParseTuple(), line);
        var filter = _expressions.ParseFilter(null);
        return new SetBlockStatement(target, filter, ParseToEnd("endset"), line);
    }

    private MacroStatement ParseMacro()
    {
        var line = _stream.Take().Line;
        var name = ParseNameTarget();
        var (parameters, defaults) = ParseSignature();
        return new(name, new MacroBody(name.Name, parameters, defaults, ParseToEnd("endmacro"), line), line);
    }

    private CallStatement ParseCall()
    {
        var line = _stream.Take().Line;
        var (parameters, defaults) = _stream.Current.Kind == TokenKind.LeftParenthesis ? ParseSignature() : ([], []);
        if (_expressions.ParseExpression() is not CallExpression call)
            throw new TemplateSyntaxException("expected call", line);
        if (call.Arguments.Named.Any(argument => argument.Name == "caller"))
            _stream.Defer(new("keyword argument repeated: caller", line));
        return new(call, new MacroBody(null, parameters, defaults, ParseToEnd("endcall"), line), line);
    }

    private GenerationStatement ParseGeneration()
    {
        var line = _stream.Take().Line;
        return new(new MacroBody(null, [], [], ParseToEnd("endgeneration"), line), line);
    }

    private FilterStatement ParseFilter()
    {
        var line = _stream.Take().Line;
        var filter = _expressions.ParseFilter(null, inline: true)!;
        return new(filter, ParseToEnd("endfilter"), line);
    }

    private WithStatement ParseWith()
    {
        var line = _stream.Take().Line;
        var assignments = new List<(Expression, Expression)>();
        while (_stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (assignments.Count > 0)
                _stream.Expect(TokenKind.Comma, ",");
            var target = ParseTarget();
            _stream.Expect(TokenKind.Assign, "=");
            assignments.Add((target, _expressions.ParseExpression()));
        }

        return new(assignments, ParseToEnd("endwith"), line);
    }

    private AutoescapeStatement ParseAutoescape()
    {
        var line = _stream.Take().Line;
        var value = _expressions.ParseExpression();
        return new(value, ParseToEnd("endautoescape"), line);
    }

    private BlockStatement ParseBlock()
    {
        var line = _stream.Take().Line;
        var name = _stream.Expect(TokenKind.Name, "name").Text;
        var scoped = _stream.TakeName("scoped");
        var required = _stream.TakeName("required");
        if (_stream.Current.Kind == TokenKind.Subtract)
            throw Error("Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.");
        var body = ParseToEnd("endblock");
        if (required && body.Any(statement => statement is not OutputStatement output
            || output.Items.Any(item => item is not TextExpression text || text.Text.Trim().Length > 0)))
            throw Error("Required blocks can only contain comments or whitespace");
        _stream.TakeName(name);
        return new(name, scoped, required, body, line);
    }

    private OutputStatement ParsePrint()
    {
        var line = _stream.Take().Line;
        var items = new List<Expression>();
        while (_stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (items.Count > 0)
                _stream.Expect(TokenKind.Comma, ",");
            items.Add(_expressions.ParseExpression());
        }

        return new(items, line);
    }

    private LoadStatement ParseInclude()
    {
        var line = _stream.Take().Line;
        var template = _expressions.ParseExpression();
        if (_stream.Current.IsName("ignore") && _stream.Next.IsName("missing"))
        {
            _stream.Take();
            _stream.Take();
        }

        TakeContext();
        return new("include", template, [], line);
    }

    private LoadStatement ParseExtends()
    {
        var line = _stream.Take().Line;
        return new("extends", _expressions.ParseExpression(), [], line);
    }

    private LoadStatement ParseImport()
    {
        var line = _stream.Take().Line;
        var template = _expressions.ParseExpression();
        _stream.ExpectName("as");
        var target = ParseNameTarget();
        TakeContext();
        return new("import", template, [target], line);
    }

    private LoadStatement ParseFrom()
    {
        var line = _stream.Take().Line;
        var template = _expressions.ParseExpression();
        _stream.ExpectName("import");
        var targets = new List<NameExpression>();
        while (true)
        {
            if (targets.Count > 0)
                _stream.Expect(TokenKind.Comma, ",");
            if (TakeContext())
                break;
            var target = ParseNameTarget();
            if (target.Name[0] == '_')
                throw new TemplateSyntaxException("names starting with an underline can not be imported", target.Line);
            targets.Add(_stream.TakeName("as") ? ParseNameTarget() : target);
            if (TakeContext() || _stream.Current.Kind != TokenKind.Comma)
                break;
        }

        return new("from", template, targets, line);
    }

    private bool TakeContext()
    {
        if (!(_stream.Current.IsName("with") || _stream.Current.IsName("without")) || !_stream.Next.IsName("context"))
            return false;
        _stream.Take();
        _stream.Take();
        return true;
    }

    private (List<NameExpression> Parameters, List<Expression> Defaults) ParseSignature()
    {
        _stream.Expect(TokenKind.LeftParenthesis, "(");
        var parameters = new List<NameExpression>();
        var defaults = new List<Expression>();
        while (_stream.Current.Kind != TokenKind.RightParenthesis)
        {
            if (parameters.Count > 0)
                _stream.Expect(TokenKind.Comma, ",");
            var parameter = ParseNameTarget();
            if (parameters.Any(other => other.Name == parameter.Name))
                _stream.Defer(new($"duplicate argument '{parameter.Name}' in function definition", parameter.Line));
            if (_stream.TakeIf(TokenKind.Assign))
                defaults.Add(_expressions.ParseExpression());
            else if (defaults.Count > 0)
                throw Error("non-default argument follows default argument");
            parameters.Add(parameter);
        }

        _stream.Expect(TokenKind.RightParenthesis, ")");
        return (parameters, defaults);
    }

    private NameExpression ParseNameTarget()
    {
        var token = _stream.Expect(TokenKind.Name, "name");
        return token.Text is "true" or "false" or "none" or "True" or "False" or "None"
            ? throw new TemplateSyntaxException("can't assign to 'name'", token.Line)
            : new(token.Text, token.Line) { Store = true };
    }

    private Expression ParseTarget(bool withNamespace = false)
    {
        var target = _expressions.ParseTuple(targets: true, withNamespace: withNamespace);
        if (!MarkAsStored(target))
            throw new TemplateSyntaxException($"can't assign to '{target.TypeName}'", target.Line);
        return target;
    }

    private static bool MarkAsStored(Expression target)
    {
        switch (target)
        {
            case NameExpression name:
                name.Store = true;
                return true;
            case NamespaceTarget:
                return true;
            case TupleExpression tuple:
                return tuple.Items.All(MarkAsStored);
            default:
                return false;
        }
    }

    private TemplateSyntaxException Error(string message) => new(message, _stream.Current.Line);

    private TemplateSyntaxException UnknownTag(Token tag) => UnexpectedEnd(tag.Text, tag.Line);

    private TemplateSyntaxException UnexpectedEnd(string? tag, int line)
    {
        var message = tag is null ? "Unexpected end of template." : $"Encountered unknown tag '{tag}'.";
        if (_ends.Count > 0)
        {
            var expected = string.Join(" or ", _ends.Peek().Select(end => $"'{end}'"));
            message += tag is not null && _ends.Any(ends => ends.Contains(tag))
                ? $" You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {expected}."
                : $" Jinja was looking for the following tags: {expected}.";
        }

        if (_tags.Count > 0)
            message += $" The innermost block that needs to be closed is '{_tags.Peek()}'.";
        return new(message, line, tag is null ? TemplateProblem.Syntax : TemplateProblem.UnknownTag);
    }
}
