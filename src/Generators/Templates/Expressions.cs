namespace FineTune.Templates;

/// <summary>A constant: null, <see cref="bool"/>, <see cref="System.Numerics.BigInteger"/>, <see cref="double"/> or <see cref="string"/>.</summary>
internal sealed class ConstantExpression(object? value, int line) : Expression(line)
{
    public object? Value { get; } = value;

    public override IEnumerable<Expression> Children => [];

    public override string TypeName => "const";
}

/// <summary>Text between tags.</summary>
internal sealed class TextExpression(string text, int line) : Expression(line)
{
    public string Text { get; } = text;

    public override IEnumerable<Expression> Children => [];
}

/// <summary>A variable, read or assigned.</summary>
internal sealed class NameExpression(string name, int line) : Expression(line)
{
    public string Name { get; } = name;

    /// <summary>Whether it is assigned.</summary>
    public bool Store { get; set; }

    /// <summary>The variable; set by the binder.</summary>
    public Slot Slot { get; set; } = null!;

    public override IEnumerable<Expression> Children => [];
}

/// <summary>An attribute of a namespace that is assigned.</summary>
internal sealed class NamespaceTarget(NameExpression space, string attribute, int line) : Expression(line)
{
    public NameExpression Space { get; } = space;

    public string Attribute { get; } = attribute;

    public override IEnumerable<Expression> Children => [Space];
}

/// <summary>A tuple, also of targets.</summary>
internal sealed class TupleExpression(IReadOnlyList<Expression> items, int line) : Expression(line)
{
    public IReadOnlyList<Expression> Items { get; } = items;

    public override IEnumerable<Expression> Children => Items;
}

/// <summary>A list.</summary>
internal sealed class ListExpression(IReadOnlyList<Expression> items, int line) : Expression(line)
{
    public IReadOnlyList<Expression> Items { get; } = items;

    public override IEnumerable<Expression> Children => Items;
}

/// <summary>A dictionary.</summary>
internal sealed class DictExpression(IReadOnlyList<(Expression Key, Expression Value)> items, int line) : Expression(line)
{
    public IReadOnlyList<(Expression Key, Expression Value)> Items { get; } = items;

    public override IEnumerable<Expression> Children => Items.SelectMany(item => new[] { item.Key, item.Value });
}

/// <summary><c>a if test else b</c>.</summary>
internal sealed class ConditionalExpression(Expression test, Expression then, Expression? otherwise, int line) : Expression(line)
{
    public Expression Test { get; } = test;

    public Expression Then { get; } = then;

    public Expression? Else { get; } = otherwise;

    public override IEnumerable<Expression> Children => Else is null ? [Test, Then] : [Test, Then, Else];
}

/// <summary>The operators with one operand.</summary>
internal enum UnaryOperator
{
    Not,
    Negate,
    Plus,
}

/// <summary>An operator with one operand.</summary>
internal sealed class UnaryExpression(UnaryOperator operation, Expression operand, int line) : Expression(line)
{
    public UnaryOperator Operator { get; } = operation;

    public Expression Operand { get; } = operand;

    public override IEnumerable<Expression> Children => [Operand];
}

/// <summary>The operators with two operands; the last two evaluate the right one only if they must.</summary>
internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    And,
    Or,
}

/// <summary>An operator with two operands.</summary>
internal sealed class BinaryExpression(BinaryOperator operation, Expression left, Expression right, int line) : Expression(line)
{
    public BinaryOperator Operator { get; } = operation;

    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    public override IEnumerable<Expression> Children => [Left, Right];
}

/// <summary>The comparisons.</summary>
internal enum CompareOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

/// <summary>Comparisons, which chain as in Python.</summary>
internal sealed class CompareExpression(Expression first, IReadOnlyList<(CompareOperator Operator, Expression Operand)> rest, int line) : Expression(line)
{
    public Expression First { get; } = first;

    public IReadOnlyList<(CompareOperator Operator, Expression Operand)> Rest { get; } = rest;

    public override IEnumerable<Expression> Children => Rest.Select(item => item.Operand).Prepend(First);
}

/// <summary><c>a ~ b ~ c</c>.</summary>
internal sealed class ConcatExpression(IReadOnlyList<Expression> items, int line) : Expression(line)
{
    public IReadOnlyList<Expression> Items { get; } = items;

    public override IEnumerable<Expression> Children => Items;
}

/// <summary><c>a.name</c>.</summary>
internal sealed class AttributeExpression(Expression target, string name, int line) : Expression(line)
{
    public Expression Target { get; } = target;

    public string Name { get; } = name;

    public override IEnumerable<Expression> Children => [Target];
}

/// <summary><c>a[key]</c>; the key may be a <see cref="SliceExpression"/>.</summary>
internal sealed class ItemExpression(Expression target, Expression key, int line) : Expression(line)
{
    public Expression Target { get; } = target;

    public Expression Key { get; } = key;

    public override IEnumerable<Expression> Children => [Target, Key];
}

/// <summary><c>start:stop:step</c> within brackets.</summary>
internal sealed class SliceExpression(Expression? start, Expression? stop, Expression? step, int line) : Expression(line)
{
    public Expression? Start { get; } = start;

    public Expression? Stop { get; } = stop;

    public Expression? Step { get; } = step;

    public override IEnumerable<Expression> Children => new[] { Start, Stop, Step }.OfType<Expression>();
}

/// <summary>The arguments of a call, a filter or a test.</summary>
internal sealed record CallArguments(
    IReadOnlyList<Expression> Positional,
    IReadOnlyList<(string Name, Expression Value)> Named,
    Expression? Starred,
    Expression? DoubleStarred)
{
    public static readonly CallArguments None = new([], [], null, null);

    /// <summary>Whether all are by position.</summary>
    public bool Plain => Named.Count == 0 && Starred is null && DoubleStarred is null;

    public IEnumerable<Expression> Children => Positional.Concat(Named.Select(argument => argument.Value))
        .Concat(new[] { Starred, DoubleStarred }.OfType<Expression>());
}

/// <summary>A call.</summary>
internal sealed class CallExpression(Expression callee, CallArguments arguments, int line) : Expression(line)
{
    public Expression Callee { get; } = callee;

    public CallArguments Arguments { get; } = arguments;

    public override IEnumerable<Expression> Children => Arguments.Children.Prepend(Callee);
}

/// <summary><c>value | name(arguments)</c>.</summary>
/// <param name="value">What is filtered; <see langword="null"/>: the text of a block.</param>
/// <param name="name">The filter's name.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="line">The line.</param>
internal sealed class FilterExpression(Expression? value, string name, CallArguments arguments, int line) : Expression(line)
{
    public Expression? Value { get; } = value;

    public string Name { get; } = name;

    public CallArguments Arguments { get; } = arguments;

    public override IEnumerable<Expression> Children => Value is null ? Arguments.Children : Arguments.Children.Prepend(Value);
}

/// <summary><c>value is name(arguments)</c>.</summary>
internal sealed class TestExpression(Expression value, string name, CallArguments arguments, int line) : Expression(line)
{
    public Expression Value { get; } = value;

    public string Name { get; } = name;

    public CallArguments Arguments { get; } = arguments;

    public override IEnumerable<Expression> Children => Arguments.Children.Prepend(Value);
}
