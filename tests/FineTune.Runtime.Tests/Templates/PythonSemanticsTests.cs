using FineTune.Prompts;

namespace FineTune.Tests.Templates;

/// <summary>What Python and Jinja do that one would not think of. All values are those of Jinja 3.1.6.</summary>
public sealed class PythonSemanticsTests
{
    [Theory]
    [InlineData("{{ [[1], [2]] | sort(attribute='missing') | length }}", "2")]
    [InlineData("{% filter upper | trim %} a {% endfilter %}", "A")]
    [InlineData("{% set x = 'a' %}{% for i in [1] %}{% set x = x ~ 'b' %}{{ x }}{% endfor %}{{ x }}", "aba")]
    [InlineData("{% for a, in in [(1, 2)] %}{{ a }}{{ in }}{% endfor %}", "12")]
    [InlineData("{% set z = 0 %}{{ -2 ** z }} {{ -2 ** 0 }} {{ -z ** 2 }} {{ -2.5 ** z }}", "-1 1 0 -1.0")]
    [InlineData("{{ 12345678901234567890 / 12345678901234567890123 }} {{ 12345678901234567890123 | float }} {{ 0 / -5 }}", "0.001 1.2345678901234568e+22 -0.0")]
    [InlineData("{{ range(10, 0, -3).index(4) }} {{ range(3).count(2) }}", "2 1")]
    [InlineData("{{ '٣' | float }} {{ '٣' | int(base=2) }}", "3.0 3")]
    [InlineData("{{ (0.1).as_integer_ratio() }} {{ (0.1).hex() }} {{ (0.0).hex() }}", "(3602879701896397, 36028797018963968) 0x1.999999999999ap-4 0x0.0p+0")]
    [InlineData("{{ 98 in 'abc'.encode() }} {{ 'bc'.encode() in 'abc'.encode() }} {{ namespace() in {} }}", "True True False")]
    [InlineData("{{ ('a,b' | safe).split(',') }} {{ ('<{}>' | safe).format('&') }}", "[Markup('a'), Markup('b')] <&amp;>")]
    [InlineData("{{ strftime_now('%5Y %_5d %-d') }}", "02026    31 31")]
    [InlineData("{{ 'a' | tojson(separators=(1, 2)) }} {{ [1, [2]] | tojson(separators=',:') }}", "\"a\" [1,[2]]")]
    [InlineData("{{ 12345678901234567890 | round(1, 'ceil') }} {{ '101' | int(base=none) }} {{ '5' | int(0, 1) }}", "1.2345678901234567e+19 101 5")]
    public void Renders(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ 'ǅ'.istitle() }} {{ '漢'.istitle() }} {{ 'Aª'.istitle() }} {{ 'ʰ' is lower }} {{ 'Ⓐ' is upper }}", "True False True True True")]
    [InlineData("{{ '三'.isnumeric() }} {{ '༳'.isnumeric() }} {{ 'a²'.isidentifier() }} {{ 'ΑΒ b'.isidentifier() }} {{ '𝟦' | int }}", "True True False False 4")]
    public void KnowsCharacters(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ ('word ' * 20) | pprint }}", "('word word word word word word word word word word word word word word word '\n 'word word word word word ')")]
    [InlineData(
        "{{ {'k': 'line one\n' ~ 'x y ' * 20} | pprint }}",
        "{'k': 'line one\\n'\n      'x y x y x y x y x y x y x y x y x y x y x y x y x y x y x y x y x y x y '\n      'x y x y '}")]
    [InlineData("{{ {none: 1, -1: 2, 1.5: 3} | pprint }}", "{None: 1, -1: 2, 1.5: 3}")]
    [InlineData("{{ '{a}-42' | wordwrap(5) }} {{ '--long' | wordwrap(4) }} {{ 'ab-cdefgh' | wordwrap(4, break_on_hyphens=false) }}", "{a}-\n42 --lo\nng ab-c\ndefg\nh")]
    public void BreaksLines(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ '{:012,.2f}'.format(0.0001) }} {{ '{:08,}'.format(0) }} {{ '{:010_x}'.format(65535) }}", "0,000,000.00 0,000,000 0_0000_ffff")]
    [InlineData("{{ '{:<05}'.format(2.5) }} {{ '{:05s}'.format('a') }} {{ '{:.5}'.format(100.0) }} {{ '{:.3}'.format(100.0) }}", "2.500 a0000 100.0 1e+02")]
    [InlineData("{{ '{: }'.format(true) }} {{ '{:z.1f}'.format(-0.01) }} {{ '{:#.0f}'.format(7) }} {{ '%#.0f' % 2.0 }}", " 1 0.0 7. 2.")]
    [InlineData("{{ '{!a}'.format('é😀') }} {{ '%a' % 'é' }}", @"'\xe9\U0001f600' '\xe9'")]
    [InlineData("{{ '{:{}}|'.format('a', 3) }} {{ '{0[}]}'.format({'}': 1}) }} {{ '{0!r:>5}|{0!s}'.format('a') }} {{ '%08.2f' % ('nan' | float) }}", "a  | 1   'a'|a 00000nan")]
    [InlineData("{{ 'a'.format_map(none) }} {{ '{}{0[0]}'.format('x') }}", "a xx")]
    public void Formats(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ 'abc'.translate({97: 'x', 98: none}) }} {{ 'ab'.translate('xy' * 49) }}", "xc yb")]
    [InlineData("{{ 'abca'.translate(''.maketrans('ab', 'éb', 'c')) }} {{ 'ab'.translate(''.maketrans({'a': 'zz', 98: 66})) }}", "ébé zzB")]
    public void Translates(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData(@"{{ '\ud83d\ude00' | length }} {{ '\ud83d\ude00' == '😀' }} {{ ['\ud83d\ude00'] }}", @"2 False ['\ud83d\ude00']")]
    [InlineData(@"{{ '\ud83d\ude00' }} {{ '\ud83d\ude00' | tojson(ensure_ascii=true) }} {{ '\ud83d\ude00' | tojson }}", "😀 \"\\ud83d\\ude00\" \"😀\"")]
    [InlineData(@"{{ ('%c%c' % (55357, 56832)) | length }} {{ '\U0000d83dx'[0] | list }}", @"2 ['\ud83d']")]
    public void SurrogatesAreCharacters(string template, string expected) => Check(template, expected);

    [Fact]
    public void SpansCountSurrogatesAsTheyAreShown()
    {
        var output = TemplateComparison.Render(ChatTemplate.Parse(@"{{ '\ud83d\ude00' }}{% generation %}ab{% endgeneration %}"), new Dictionary<string, object?>());
        Assert.Equal("😀ab", output.Text);
        Assert.Equal((2, 4), (output.Spans[0].Start, output.Spans[0].End));
    }

    [Theory]
    [InlineData("FT5500", "{% for a, in [(1,)] %}{% endfor %}", 1)]
    [InlineData("FT5500", "{% macro f(a, a) %}{% endmacro %}\n{% nope %}", 2)]
    [InlineData("FT5500", "{% break %}\n{{ 1 | nope }}", 2)]
    [InlineData("FT5500", "{% macro f() %}{{ caller() }}{% endmacro %}{% call f(caller=1) %}{% endcall %}", 1)]
    [InlineData("FT5502", "{{ dict(missing) }}", 1)]
    [InlineData("FT5502", "{{ 'ab' | indent(missing) }}", 1)]
    [InlineData("FT5504", "{{ [1][:missing] }}", 1)]
    [InlineData("FT5504", "{{ 'a'.center(missing) }}", 1)]
    [InlineData("FT5504", "{{ '%5%' % 1 }}", 1)]
    [InlineData("FT5504", "{{ '{:+}'.format('a') }}", 1)]
    [InlineData("FT5504", "{{ '{0[]}'.format([1]) }}", 1)]
    [InlineData("FT5504", "{{ '{0}{}'.format(1, 2) }}", 1)]
    [InlineData("FT5504", "{{ '{a{b}}'.format(a=1) }}", 1)]
    [InlineData("FT5504", "{{ '{0!rx}'.format(1) }}", 1)]
    [InlineData("FT5504", "{{ '{0!'.format(1) }}", 1)]
    [InlineData("FT5502", "{{ '%(a)s' % missing }}", 1)]
    [InlineData("FT5504", "{{ [1].copy(1) }}", 1)]
    [InlineData("FT5504", "{{ 'a' in 'abc'.encode() }}", 1)]
    [InlineData("FT5504", "{{ {} in {}.keys() }}", 1)]
    [InlineData("FT5504", @"{{ '\ud83d'.encode() }}", 1)]
    [InlineData("FT5500", "{{ x\n\n", 1)]
    [InlineData("FT5504", "{{ '%x' % missing }}", 1)]
    [InlineData("FT5504", "{{ missing | dictsort(by='x') }}", 1)]
    [InlineData("FT5505", "{{ '%*d' % (-2 ** 70, 1) }}", 1)]
    [InlineData("FT5505", "{{ '%c' % -2 }}", 1)]
    [InlineData("FT5505", "{% set x = '-inf' | float %}{{ x | filesizeformat }}", 1)]
    public void Fails(string code, string template, int line)
    {
        var exception = Assert.Throws<FineTuneException>(() => Render(template));
        Assert.Equal((code, $"chat template:{line}"), (exception.Code, exception.Place));
    }

    [Theory]
    [InlineData("{% filter length %}abc{% endfilter %}")]
    [InlineData("{% call range(3) %}{% endcall %}")]
    public void ABlockGivesAText(string template) => Assert.Equal("FT5504", Assert.Throws<FineTuneException>(() => Render(template)).Code);

    private static void Check(string template, string expected)
    {
        Assert.Equal(expected, Render(template));
        Assert.Equal(expected, Render(TemplateCompiler.Compile([template])[template]));
    }

    private static string Render(string template) => Render(ChatTemplate.Parse(template));

    private static string Render(ChatTemplate template) => TemplateComparison.Render(template, new Dictionary<string, object?>()).Text;
}
