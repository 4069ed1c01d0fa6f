namespace FineTune.Prompts.Templates;

/// <summary>
/// What a template may use. A template comes with a model from anywhere and has loops and multiplication: each operation that
/// could run away is counted before it happens. Counts, not clocks, so that a rendering ends the same everywhere. One rendering
/// at a time runs on a thread.
/// </summary>
internal static class TemplateBudget
{
    /// <summary>Iterations, calls and items that a rendering may visit.</summary>
    public const long MaxSteps = 2_000_000;

    /// <summary>The longest text, in UTF-16 units.</summary>
    public const long MaxTextLength = 8_000_000;

    /// <summary>The characters of all texts that a rendering creates, also of those that it drops.</summary>
    public const long MaxCharacters = 48_000_000;

    /// <summary>The bytes of all other values that a rendering creates, also of those that it drops: about what they take.</summary>
    public const long MaxValueBytes = 80L << 20;

    /// <summary>The bits of the largest integer.</summary>
    public const long MaxIntegerBits = 200_000;

    /// <summary>How deep macros, recursive loops, and values within values may go.</summary>
    public const int MaxDepth = 200;

    // What an item of a list costs, in characters: its place, and a share of what it holds.
    private const int ItemSize = 8;

    [ThreadStatic]
    private static long _steps;

    [ThreadStatic]
    private static long _characters;

    [ThreadStatic]
    private static long _valueBytes;

    [ThreadStatic]
    private static bool _counts;

    [ThreadStatic]
    private static int _depth;

    /// <summary>Begins a rendering.</summary>
    /// <param name="inputLength">The characters of the conversation: long ones may cost more.</param>
    public static void Start(long inputLength)
    {
        _steps = 0;
        _characters = -16 * inputLength;
        _valueBytes = -64 * inputLength;
        _depth = 0;
        _counts = true;
    }

    /// <summary>Ends a rendering: values that are created now are not the template's.</summary>
    public static void End() => _counts = false;

    /// <summary>A new value that is neither text nor number, of about so many bytes.</summary>
    public static void Value(int bytes)
    {
        if (_counts && (_valueBytes += bytes) > MaxValueBytes)
            throw new TemplateException(TemplateErrorKind.Limit, $"The template makes values of more than {MaxValueBytes:N0} bytes.");
    }

    public static void Step()
    {
        if (++_steps > MaxSteps)
            throw TooLong();
    }

    public static void Steps(long count)
    {
        if ((_steps += count) > MaxSteps)
            throw TooLong();
    }

    /// <summary>A new text of this length; called before it is created.</summary>
    public static void Text(long length) => Text(length, length);

    /// <summary>A text that grows to a length.</summary>
    public static void Text(long length, long added)
    {
        if (length > MaxTextLength)
            throw new TemplateException(TemplateErrorKind.Limit, $"The template makes a text of {length:N0} characters; at most {MaxTextLength:N0} are allowed.");
        Characters(added);
    }

    /// <summary>A new list of this length; called before it is created.</summary>
    public static void Items(long count)
    {
        if (count > MaxSteps)
            throw TooLong();
        Steps(count / 4);
        Characters(count * ItemSize);
    }

    public static void Integer(long bits)
    {
        if (bits > MaxIntegerBits)
            throw new TemplateException(TemplateErrorKind.Limit, $"The template makes an integer of {bits:N0} bits; at most {MaxIntegerBits:N0} are allowed.");
        // Long ones take more than their share: multiplication is not linear.
        Steps(1 + bits / 256 * (1 + bits / 16_384));
    }

    /// <summary>Looks at all characters of a text; short ones cost nothing.</summary>
    public static void Scan(int length)
    {
        if (length >= 512)
            Steps(length >> 9);
    }

    /// <summary>One level deeper; leave by <see cref="Leave"/>.</summary>
    public static void Enter()
    {
        if (++_depth > MaxDepth)
            throw new TemplateException(TemplateErrorKind.Recursion, $"The template calls itself, or nests values, more than {MaxDepth} levels deep.");
        Step();
    }

    public static void Leave() => _depth--;

    private static void Characters(long count)
    {
        if ((_characters += count) > MaxCharacters)
            throw new TemplateException(TemplateErrorKind.Limit, $"The template makes more than {MaxCharacters:N0} characters of text.");
    }

    private static TemplateException TooLong() =>
        new(TemplateErrorKind.Limit, $"The template runs too long: it takes more than {MaxSteps:N0} steps.");
}
