using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>What an interpreted template need not find again each time it runs: its filters, tests and constants.</summary>
internal sealed class InterpreterCache
{
    private readonly Dictionary<FilterExpression, TemplateFilter> _filters = [];
    private readonly Dictionary<TestExpression, TemplateTest> _tests = [];
    private readonly Dictionary<ConstantExpression, object?> _constants = [];

    public InterpreterCache(BoundTemplate template)
    {
        foreach (var expression in TemplateWalker.Expressions(template.Body))
        {
            switch (expression)
            {
                case FilterExpression filter: _filters[filter] = TemplateFilter.Get(filter.Name); break;
                case TestExpression test: _tests[test] = TemplateTest.Get(test.Name); break;
                case ConstantExpression constant:
                    _constants[constant] = constant.Value is System.Numerics.BigInteger number ? PythonNumbers.Normalize(number) : constant.Value;
                    break;
            }
        }
    }

    public TemplateFilter Filter(FilterExpression filter) => _filters[filter];

    public TemplateTest Test(TestExpression test) => _tests[test];

    public object? Constant(ConstantExpression constant) => _constants[constant];
}
