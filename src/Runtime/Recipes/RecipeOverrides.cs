using FineTune.Keys;
using FineTune.Rules;

namespace FineTune.Recipes;

/// <summary>Changes recipes by assignments such as <c>training.epochs=2</c>, checked as the build checks recipes.</summary>
public static class RecipeOverrides
{
    /// <summary>Changes one key.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="assignment">
    /// <c>section.key=value</c>; a list is comma-separated; <c>null</c> takes a key back that is optional.
    /// </param>
    /// <returns>The changed recipe.</returns>
    /// <exception cref="FineTuneException">The key or the value is wrong, or does not go with the recipe's others.</exception>
    public static RecipeOptions Apply(RecipeOptions recipe, string assignment)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(assignment);
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
            throw Failure(new(
                KeyCodes.UnusableAssignment, $"{KeyText.Quote(assignment)} assigns nothing; write key=value, as in training.epochs=2."));

        var binding = Find(assignment[..equals].Trim(), assignment[(equals + 1)..].Trim(), out var problem);
        if (binding is null)
            throw Failure(problem!);
        if (binding.Key.FixedAtBuild)
            throw Failure(new(
                KeyCodes.UnusableAssignment,
                $"'{binding.Key}' is fixed at build time, because code is generated from it; change it in the recipe."));

        var parse = KeyParser.Parse(binding.Key, assignment[(equals + 1)..].Trim(), quoted: false);
        if (parse.Problem is not null)
            throw Failure(parse.Problem);
        var changed = binding.Set(recipe, parse.Value);
        var settings = RecipeBindings.Settings(changed);
        if (parse.Value is not null)
            settings.Set(binding.Key, parse.Value);
        var conflict = KeyRules.Check(settings, KeySurface.Yaml).Select(found => found.Problem).FirstOrDefault()
            ?? RecipeRules.Check(settings, KeySurface.Yaml, _ => true).FirstOrDefault(found => found.Rule.Severity == RuleSeverity.Error).Problem;
        return conflict is null ? changed : throw Failure(conflict);

        FineTuneException Failure(KeyProblem found) => new(found.Code, found.Message, $"--set {assignment}");
    }

    private static RecipeBinding? Find(string path, string value, out KeyProblem? problem)
    {
        problem = null;
        if (RecipeBindings.All.FirstOrDefault(binding => binding.Key.Path == path) is { } found)
            return found;
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var section = KeyTable.FindSection(dot < 0 ? path : path[..dot]);
        problem = section is null || path.Length == 0 ? KeyNames.Unknown(RecipeKeys.Section, dot >= 0 && Suggestion.Nearest(path[..dot], KeyTable.Sections.Select(known => known.Name)) is not null ? path[..dot] : path, value)
            : dot < 0 ? new(KeyCodes.UnusableAssignment, $"'{path}' is a section; name one of its keys, as in {path}.{KeyTable.Of(section).First().Name}=….")
            : KeyNames.Unknown(section, path[(dot + 1)..], value);
        return null;
    }
}
