using System.Globalization;
using System.Numerics;

namespace FineTune.Templates;

/// <summary>
/// Reads expressions by Jinja's grammar: from loosest to tightest <c>if</c>, <c>or</c>, <c>and</c>, <c>not</c>, comparisons,
/// <c>+ -</c>, <c>~</c>, <c>* / // %</c>, <c>**</c> (to the left), <c>+ -</c> before a value, then filters and tests.
/// </summary>
internal sealed class ExpressionParser(TokenStream stream)
{
    private int _nesting;

    public Expression ParseExpression(bool withConditional = true)
    {
        Enter();
        var expression = withConditional ? ParseConditional() : ParseOr();
        _nesting--;
        return expression;
    }

    /// <summary>One expression, or several with commas as a tuple.</summary>
    /// <param name="targets">Whether only names and literals may come, as targets of an assignment.</param>
    /// <param name="withConditional">Whether <c>a if b</c> may come.</param>
    /// <param name="parenthesized">Whether an empty tuple is one.</param>
    /// <param name="withNamespace">Whether attributes of namespaces may be targets.</param>
    public Expression ParseTuple(
        bool targets = false, bool withConditional = true, bool parenthesized = false, bool withNamespace = false)
    {
        var line = stream.Current.Line;
        var items = new List<Expression>();
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0)
                stream.Expect(TokenKind.Comma, ",");
            if (stream.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd or TokenKind.RightParenthesis)
                break;
            items.Add(targets ? ParsePrimary(withNamespace) : ParseExpression(withConditional));
            if (stream.Current.Kind != TokenKind.Comma)
                break;
            isTuple = true;
            line = stream.Current.Line;
        }

        if (!isTuple && items.Count > 0)
            return items[0];
        if (!isTuple && !parenthesized)
            throw Error($"Expected an expression, got '{stream.Current.Describe()}'");
        return Checked(new TupleExpression(items, line));
    }

    /// <summary>The arguments of a call, in parentheses.</summary>
    public CallArguments ParseArguments()
    {
        var open = stream.Expect(TokenKind.LeftParenthesis, "(");
        var positional = new List<Expression>();
        var named = new List<(string Name, Expression Value)>();
        Expression? starred = null, doubleStarred = null;
        while (stream.Current.Kind != TokenKind.RightParenthesis)
        {
            if (positional.Count + named.Count > 0 || starred is not null || doubleStarred is not null)
            {
                stream.Expect(TokenKind.Comma, ",");
                if (stream.Current.Kind == TokenKind.RightParenthesis)
                    break;
            }

            if (stream.Current.Kind == TokenKind.Multiply)
            {
                Ensure(starred is null && doubleStarred is null);
                stream.Take();
                starred = ParseExpression();
            }
            else if (stream.Current.Kind == TokenKind.Power)
            {
                Ensure(doubleStarred is null);
                stream.Take();
                doubleStarred = ParseExpression();
            }
            else if (stream.Current.Kind == TokenKind.Name && stream.Next.Kind == TokenKind.Assign)
            {
                Ensure(doubleStarred is null);
                var name = stream.Take();
                stream.Take();
                if (named.Any(argument => argument.Name == name.Text))
                    stream.Defer(new($"keyword argument repeated: {name.Text}", name.Line));
                named.Add((name.Text, ParseExpression()));
            }
            else
            {
                Ensure(starred is null && doubleStarred is null && named.Count == 0);
                positional.Add(ParseExpression());
            }
        }

        stream.Expect(TokenKind.RightParenthesis, ")");
        return new(positional, named, starred, doubleStarred);

        void Ensure(bool valid)
        {
            if (!valid)
                throw new TemplateSyntaxException("invalid syntax for function call expression", open.Line);
        }
    }

    /// <summary>Filters behind a value, or behind nothing where they take the text of a block.</summary>
    /// <param name="value">The value.</param>
    /// <param name="inline">Whether the first filter has no <c>|</c> before it.</param>
    public FilterExpression? ParseFilter(Expression? value, bool inline = false)
    {
        FilterExpression? filter = null;
        while (inline || stream.Current.Kind == TokenKind.Pipe)
        {
            if (!inline)
                stream.Take();
            inline = false;
            var line = stream.Current.Line;
            var name = ParseDottedName();
            var arguments = stream.Current.Kind == TokenKind.LeftParenthesis ? ParseArguments() : CallArguments.None;
            filter = Checked(new FilterExpression(filter ?? value, name, arguments, line));
        }

        return filter;
    }

    public Expression ParsePrimary(bool withNamespace = false)
    {
        var token = stream.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                stream.Take();
                return ParseName(token, withNamespace);
            case TokenKind.String:
                stream.Take();
                var text = token.Text;
                while (stream.Current.Kind == TokenKind.String)
                    text += stream.Take().Text;
                return new ConstantExpression(text, token.Line);
            case TokenKind.Integer:
                stream.Take();
                return new ConstantExpression(ParseInteger(token), token.Line);
            case TokenKind.Float:
                stream.Take();
                return new ConstantExpression(ParseFloat(token.Text), token.Line);
            case TokenKind.LeftParenthesis:
                stream.Take();
                Enter();
                var tuple = ParseTuple(parenthesized: true);
                _nesting--;
                stream.Expect(TokenKind.RightParenthesis, ")");
                return tuple;
            case TokenKind.LeftBracket: return ParseList();
            case TokenKind.LeftBrace: return ParseDict();
            default: throw new TemplateSyntaxException($"unexpected '{token.Describe()}'", token.Line);
        }
    }

    private Expression ParseName(Token token, bool withNamespace)
    {
        switch (token.Text)
        {
            case "true" or "True": return new ConstantExpression(true, token.Line);
            case "false" or "False": return new ConstantExpression(false, token.Line);
            case "none" or "None": return new ConstantExpression(null, token.Line);
        }

        var name = new NameExpression(token.Text, token.Line);
        if (!withNamespace || !stream.TakeIf(TokenKind.Dot))
            return name;
        return new NamespaceTarget(name, stream.Expect(TokenKind.Name, "name").Text, token.Line);
    }

    private static object ParseInteger(Token token)
    {
        var text = token.Text;
        if (text.Length < 3 || text[0] != '0' || !char.IsLetter(text[1]))
        {
            // Python's own bound, which keeps a literal from being quadratic work.
            return text.Length <= 4300
                ? BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
                : throw new TemplateSyntaxException("an integer has at most 4300 digits", token.Line);
        }

        var radix = char.ToLowerInvariant(text[1]) switch { 'x' => 16, 'o' => 8, _ => 2 };
        if (text.Length > 20_000)
            throw new TemplateSyntaxException("an integer has at most 4300 digits", token.Line);
        var value = BigInteger.Zero;
        foreach (var digit in text.Skip(2))
            value = value * radix + (char.IsDigit(digit) ? digit - '0' : char.ToLowerInvariant(digit) - 'a' + 10);
        return value;
    }

    private static double ParseFloat(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.PositiveInfinity;

    private Expression ParseConditional()
    {
        var line = stream.Current.Line;
        var expression = ParseOr();
        while (stream.TakeName("if"))
        {
            var test = ParseOr();
            Enter();
            var otherwise = stream.TakeName("else") ? ParseConditional() : null;
            _nesting--;
            expression = Checked(new ConditionalExpression(test, expression, otherwise, line));
            line = stream.Current.Line;
        }

        return expression;
    }

    private Expression ParseOr() => ParseLeft(ParseAnd, () => stream.TakeName("or") ? BinaryOperator.Or : null);

    private Expression ParseAnd() => ParseLeft(ParseNot, () => stream.TakeName("and") ? BinaryOperator.And : null);

    private Expression ParseNot()
    {
        if (!stream.Current.IsName("not"))
            return ParseCompare();
        var line = stream.Take().Line;
        Enter();
        var operand = ParseNot();
        _nesting--;
        return Checked(new UnaryExpression(UnaryOperator.Not, operand, line));
    }

    private Expression ParseCompare()
    {
        var line = stream.Current.Line;
        var first = ParseSum();
        var rest = new List<(CompareOperator, Expression)>();
        while (TakeCompareOperator() is { } operation)
        {
            rest.Add((operation, ParseSum()));
            line = stream.Current.Line;
        }

        return rest.Count == 0 ? first : Checked(new CompareExpression(first, rest, line));
    }

    private CompareOperator? TakeCompareOperator()
    {
        if (stream.Current.IsName("not") && stream.Next.IsName("in"))
        {
            stream.Take();
            stream.Take();
            return CompareOperator.NotIn;
        }

        if (stream.TakeName("in"))
            return CompareOperator.In;
        CompareOperator? operation = stream.Current.Kind switch
        {
            TokenKind.Equal => CompareOperator.Equal,
            TokenKind.NotEqual => CompareOperator.NotEqual,
            TokenKind.Less => CompareOperator.Less,
            TokenKind.LessOrEqual => CompareOperator.LessOrEqual,
            TokenKind.Greater => CompareOperator.Greater,
            TokenKind.GreaterOrEqual => CompareOperator.GreaterOrEqual,
            _ => null,
        };
        if (operation is not null)
            stream.Take();
        return operation;
    }

    private Expression ParseSum() => ParseLeft(ParseConcat, () => Take(TokenKind.Add, BinaryOperator.Add) ?? Take(TokenKind.Subtract, BinaryOperator.Subtract));

    private Expression ParseConcat()
    {
        var line = stream.Current.Line;
        var first = ParseProduct();
        if (stream.Current.Kind != TokenKind.Tilde)
            return first;
        var items = new List<Expression> { first };
        while (stream.TakeIf(TokenKind.Tilde))
            items.Add(ParseProduct());
        return Checked(new ConcatExpression(items, line));
    }

    private Expression ParseProduct() => ParseLeft(
        ParsePower,
        () => Take(TokenKind.Multiply, BinaryOperator.Multiply) ?? Take(TokenKind.Divide, BinaryOperator.Divide)
            ?? Take(TokenKind.FloorDivide, BinaryOperator.FloorDivide) ?? Take(TokenKind.Modulo, BinaryOperator.Modulo));

    // Jinja writes a negative constant as one into Python's code, where the sign binds looser than the power: -2 ** n is -(2 ** n),
    // though -2 ** 2, which Jinja itself computes, is 4.
    private static Expression Combine(BinaryOperator operation, Expression left, Expression right, int line) =>
        operation == BinaryOperator.Power && left is UnaryExpression { Operator: UnaryOperator.Negate, Operand: ConstantExpression number } && !IsConstant(right)
            ? Checked(new UnaryExpression(UnaryOperator.Negate, Checked(new BinaryExpression(operation, number, right, line)), left.Line))
            : new BinaryExpression(operation, left, right, line);

    private static bool IsConstant(Expression expression) => expression is not (NameExpression or CallExpression) && expression.Children.All(IsConstant);

    private Expression ParsePower() => ParseLeft(() => ParseUnary(), () => Take(TokenKind.Power, BinaryOperator.Power));

    private Expression ParseLeft(Func<Expression> operand, Func<BinaryOperator?> operation)
    {
        var line = stream.Current.Line;
        var left = operand();
        while (operation() is { } found)
        {
            left = Checked(Combine(found, left, operand(), line));
            line = stream.Current.Line;
        }

        return left;
    }

    private BinaryOperator? Take(TokenKind kind, BinaryOperator operation) => stream.TakeIf(kind) ? operation : null;

    private Expression ParseUnary(bool withFilter = true)
    {
        var token = stream.Current;
        Expression expression;
        if (token.Kind is TokenKind.Subtract or TokenKind.Add)
        {
            stream.Take();
            Enter();
            var operand = ParseUnary(withFilter: false);
            _nesting--;
            expression = Checked(new UnaryExpression(token.Kind == TokenKind.Subtract ? UnaryOperator.Negate : UnaryOperator.Plus, operand, token.Line));
        }
        else
        {
            expression = ParsePrimary();
        }

        expression = ParsePostfix(expression);
        return withFilter ? ParseFiltersAndTests(expression) : expression;
    }

    private Expression ParsePostfix(Expression expression)
    {
        while (true)
        {
            switch (stream.Current.Kind)
            {
                case TokenKind.Dot or TokenKind.LeftBracket:
                    expression = ParseSubscript(expression);
                    break;
                case TokenKind.LeftParenthesis:
                    expression = ParseCall(expression);
                    break;
                default:
                    return expression;
            }
        }
    }

    private CallExpression ParseCall(Expression callee)
    {
        var line = stream.Current.Line;
        return Checked(new CallExpression(callee, ParseArguments(), line));
    }

    private Expression ParseFiltersAndTests(Expression expression)
    {
        while (true)
        {
            if (stream.Current.Kind == TokenKind.Pipe)
                expression = ParseFilter(expression)!;
            else if (stream.Current.IsName("is"))
                expression = ParseTest(expression);
            else if (stream.Current.Kind == TokenKind.LeftParenthesis)
                expression = ParseCall(expression);
            else
                return expression;
        }
    }

    private Expression ParseSubscript(Expression target)
    {
        var token = stream.Take();
        if (token.Kind == TokenKind.Dot)
        {
            var attribute = stream.Take();
            return attribute.Kind switch
            {
                TokenKind.Name => Checked(new AttributeExpression(target, attribute.Text, token.Line)),
                TokenKind.Integer => Checked(new ItemExpression(target, new ConstantExpression(ParseInteger(attribute), attribute.Line), token.Line)),
                _ => throw new TemplateSyntaxException("expected name or number", attribute.Line),
            };
        }

        var keys = new List<Expression>();
        while (stream.Current.Kind != TokenKind.RightBracket)
        {
            if (keys.Count > 0)
                stream.Expect(TokenKind.Comma, ",");
            keys.Add(ParseSubscribed());
        }

        stream.Expect(TokenKind.RightBracket, "]");
        if (keys.Count != 1 && keys.Any(key => key is SliceExpression))
            stream.Defer(new("invalid syntax: a slice stands alone in its brackets", token.Line));
        return Checked(new ItemExpression(target, keys.Count == 1 ? keys[0] : Checked(new TupleExpression(keys, token.Line)), token.Line));
    }

    private Expression ParseSubscribed()
    {
        var line = stream.Current.Line;
        Expression? start = null;
        if (stream.Current.Kind != TokenKind.Colon)
        {
            start = ParseExpression();
            if (stream.Current.Kind != TokenKind.Colon)
                return start;
        }

        stream.Take();
        var stop = stream.Current.Kind is TokenKind.Colon or TokenKind.RightBracket or TokenKind.Comma ? null : ParseExpression();
        var step = stream.TakeIf(TokenKind.Colon) && stream.Current.Kind is not (TokenKind.RightBracket or TokenKind.Comma) ? ParseExpression() : null;
        return Checked(new SliceExpression(start, stop, step, line));
    }

    private Expression ParseTest(Expression value)
    {
        var line = stream.Take().Line;
        var negated = stream.TakeName("not");
        var name = ParseDottedName();
        var arguments = CallArguments.None;
        if (stream.Current.Kind == TokenKind.LeftParenthesis)
        {
            arguments = ParseArguments();
        }
        else if (stream.Current.Kind is TokenKind.Name or TokenKind.String or TokenKind.Integer or TokenKind.Float or TokenKind.LeftBracket or TokenKind.LeftBrace
            && stream.Current is var next && !next.IsName("else") && !next.IsName("or") && !next.IsName("and"))
        {
            if (next.IsName("is"))
                throw Error("You cannot chain multiple tests with is");
            arguments = new([ParsePostfix(ParsePrimary())], [], null, null);
        }

        Expression test = Checked(new TestExpression(value, name, arguments, line));
        return negated ? Checked(new UnaryExpression(UnaryOperator.Not, test, line)) : test;
    }

    private string ParseDottedName()
    {
        var name = stream.Expect(TokenKind.Name, "name").Text;
        while (stream.TakeIf(TokenKind.Dot))
            name += "." + stream.Expect(TokenKind.Name, "name").Text;
        return name;
    }

    private ListExpression ParseList()
    {
        var line = stream.Expect(TokenKind.LeftBracket, "[").Line;
        var items = new List<Expression>();
        while (stream.Current.Kind != TokenKind.RightBracket)
        {
            if (items.Count > 0)
                stream.Expect(TokenKind.Comma, ",");
            if (stream.Current.Kind == TokenKind.RightBracket)
                break;
            items.Add(ParseExpression());
        }

        stream.Expect(TokenKind.RightBracket, "]");
        return Checked(new ListExpression(items, line));
    }

    private DictExpression ParseDict()
    {
        var line = stream.Expect(TokenKind.LeftBrace, "{").Line;
        var items = new List<(Expression, Expression)>();
        while (stream.Current.Kind != TokenKind.RightBrace)
        {
            if (items.Count > 0)
                stream.Expect(TokenKind.Comma, ",");
            if (stream.Current.Kind == TokenKind.RightBrace)
                break;
            var key = ParseExpression();
            stream.Expect(TokenKind.Colon, ":");
            items.Add((key, ParseExpression()));
        }

        stream.Expect(TokenKind.RightBrace, "}");
        return Checked(new DictExpression(items, line));
    }

    private void Enter()
    {
        if (++_nesting > ParserLimits.Nesting)
            throw TooDeep(stream.Current.Line);
    }

    private static T Checked<T>(T expression)
        where T : Expression
    {
        foreach (var child in expression.Children)
            expression.Depth = Math.Max(expression.Depth, child.Depth + 1);
        return expression.Depth <= ParserLimits.Height ? expression : throw TooDeep(expression.Line);
    }

    private static TemplateSyntaxException TooDeep(int line) => new("expressions are nested too deeply", line, TemplateProblem.TooDeep);

    private TemplateSyntaxException Error(string message) => new(message, stream.Current.Line);
}
