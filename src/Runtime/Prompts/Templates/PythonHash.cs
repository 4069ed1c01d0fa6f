namespace FineTune.Prompts.Templates;

/// <summary>Which values can be keys.</summary>
internal static class PythonHash
{
    /// <summary>The value itself.</summary>
    /// <exception cref="TemplateException">It cannot be a key.</exception>
    public static object? Check(object? value) =>
        IsHashable(value) ? value : throw TemplateException.Type($"unhashable type: '{PythonTypes.NameOf(value)}'");

    private static bool IsHashable(object? value)
    {
        if (value is not TemplateTuple tuple)
            return value is not (TemplateList or TemplateDict or TemplateDictView { TypeName: not "dict_values" });
        TemplateBudget.Enter();
        var hashable = tuple.Items.All(IsHashable);
        TemplateBudget.Leave();
        return hashable;
    }
}
