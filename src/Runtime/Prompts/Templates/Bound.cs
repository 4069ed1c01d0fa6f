using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>The argument of a parameter, which may not be given.</summary>
/// <param name="Given">Whether it is.</param>
/// <param name="Value">What is given.</param>
internal readonly record struct Bound(bool Given, object? Value)
{
    /// <summary>The argument, or what is taken without one.</summary>
    public object? Or(object? otherwise) => Given ? Value : otherwise;

    /// <summary>Arguments by the names of parameters; those that end with <c>?</c> may be left out.</summary>
    public static Bound[] Of(string function, TemplateArguments arguments, params string[] parameters) =>
        Of(function, arguments, new Signature(parameters));

    public static Bound[] Of(string function, TemplateArguments arguments, Signature signature)
    {
        var parameters = signature.Parameters;
        if (arguments.Count > parameters.Length)
            throw TemplateException.Type($"{function}() takes at most {parameters.Length} argument(s) ({arguments.Count} given)");
        if (arguments.HasNamed && !signature.ByName)
            throw TemplateException.Type($"{function}() takes no keyword arguments");
        var bound = new Bound[parameters.Length];
        for (var i = 0; i < arguments.Count; i++)
            bound[i] = new(true, arguments.Positional[i]);
        foreach (var (key, value) in arguments.Named)
        {
            var index = signature.IndexOf((string)key!);
            if (index < 0)
                throw TemplateException.Type($"{function}() got an unexpected keyword argument '{key}'");
            if (bound[index].Given)
                throw TemplateException.Type($"{function}() got multiple values for argument '{key}'");
            bound[index] = new(true, value);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            if (!bound[i].Given && !parameters[i].EndsWith('?'))
                throw TemplateException.Type($"{function}() missing 1 required positional argument: '{parameters[i]}'");
        }

        return bound;
    }
}
