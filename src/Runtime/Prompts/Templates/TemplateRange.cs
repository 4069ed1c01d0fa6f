using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>What <c>range()</c> gives: whole numbers at equal distances.</summary>
internal sealed class TemplateRange : TemplateObject
{
    // The sandbox's bound.
    private const int MaxLength = 100_000;

    // Up to here, no item overflows.
    private const long SmallLimit = 1L << 40;

    private readonly (long Start, long Step)? _small;
    private readonly BigInteger _start;
    private readonly BigInteger _stop;
    private readonly BigInteger _step;

    private TemplateRange(BigInteger start, BigInteger stop, BigInteger step, int count)
        : base(128)
    {
        (_start, _stop, _step) = (start, stop, step);
        if (BigInteger.Abs(start) < SmallLimit && BigInteger.Abs(step) < SmallLimit)
            _small = ((long)start, (long)step);
        Count = count;
    }

    public int Count { get; }

    public override string TypeName => "range";

    public object? this[int index] => _small is var (start, step) ? PythonNumbers.Box(start + step * index) : PythonNumbers.Normalize(_start + _step * index);

    public static TemplateRange Create(TemplateArguments arguments)
    {
        if (arguments.Count == 0)
            throw TemplateException.Type("range expected at least 1 argument, got 0");
        var values = arguments.Positionals("range", 1, 3);
        var numbers = values.Select(value => PythonNumbers.Integer(value) ?? throw NoInteger(value)).ToArray();
        var (start, stop) = numbers.Length == 1 ? (BigInteger.Zero, numbers[0]) : (numbers[0], numbers[1]);
        var step = numbers.Length == 3 ? numbers[2] : BigInteger.One;
        if (step.IsZero)
            throw TemplateException.Value("range() arg 3 must not be zero");
        var length = Length(start, stop, step);
        if (length > MaxLength)
        {
            throw new TemplateException(
                TemplateErrorKind.Overflow, $"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({MaxLength}).");
        }

        return new TemplateRange(start, stop, step, (int)length);
    }

    /// <summary>A slice with the end as Python prints it.</summary>
    public TemplateRange Slice(int start, int stop, int step, int count) => new(_start + _step * start, _start + _step * stop, _step * step, count);

    public TemplateRange Reversed() => new(_start + _step * (Count - 1), _start - _step, -_step, Count);

    public bool Contains(object? value)
    {
        if (value is double real)
            value = Math.Floor(real) == real && !double.IsInfinity(real) ? new BigInteger(real) : null;
        if (PythonNumbers.Integer(value) is not { } number)
            return false;
        var inside = _step.Sign > 0 ? number >= _start && number < _stop : number <= _start && number > _stop;
        return inside && ((number - _start) % _step).IsZero;
    }

    public bool SameAs(TemplateRange other) =>
        Count == other.Count && (Count == 0 || (_start == other._start && (Count == 1 || _step == other._step)));

    public override string Repr() => _step.IsOne ? $"range({_start}, {_stop})" : $"range({_start}, {_stop}, {_step})";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "start" => PythonNumbers.Normalize(_start),
            "stop" => PythonNumbers.Normalize(_stop),
            "step" => PythonNumbers.Normalize(_step),
            "count" => new TemplateFunction(name, (_, arguments) => PythonNumbers.Box(Contains(arguments.Positionals("range.count", 1, 1)[0]) ? 1 : 0), this),
            "index" => new TemplateFunction(name, (_, arguments) => Index(arguments.Positionals("range.index", 1, 1)[0]), this),
            _ => null,
        };
        return value is not null;
    }

    private object Index(object? value)
    {
        if (!Contains(value))
            throw TemplateException.Value($"{PythonText.Repr(value)} is not in range");
        var number = value is double real ? new BigInteger(real) : PythonNumbers.Integer(value)!.Value;
        return PythonNumbers.Normalize((number - _start) / _step);
    }

    private static TemplateException NoInteger(object? value) =>
        TemplateException.Type($"'{PythonTypes.NameOf(value)}' object cannot be interpreted as an integer");

    private static BigInteger Length(BigInteger start, BigInteger stop, BigInteger step) => step.Sign > 0
        ? start >= stop ? 0 : (stop - start - 1) / step + 1
        : start <= stop ? 0 : (start - stop - 1) / -step + 1;
}
