using FineTune.Checking;
using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune.Reading;

/// <summary>Reads a class with <c>[Recipe&lt;TModel, TRow&gt;]</c>.</summary>
internal static class RecipeDeclarationReader
{
    /// <summary>Reads a recipe.</summary>
    /// <param name="type">Its class.</param>
    /// <param name="recipe">The attribute.</param>
    /// <param name="facts">What is known of models and data, to check against; <see langword="null"/> where only the recipe is of use.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static RecipeDeclaration Read(INamedTypeSymbol type, AttributeData recipe, ProjectFacts? facts, CancellationToken cancellation)
    {
        var problems = new List<SymbolProblem>();
        RecipeClassChecker.Check(type, problems, cancellation);
        var arguments = recipe.AttributeClass!.TypeArguments;
        var location = recipe.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? Location.None;
        if (arguments[0] is not INamedTypeSymbol { TypeKind: not TypeKind.Error } model || arguments[1] is not INamedTypeSymbol { TypeKind: not TypeKind.Error } row)
            return new(null, problems);

        if (AttributeNames.Find(model, AttributeNames.BaseModel) is null && AttributeNames.Find(row, AttributeNames.BaseModel) is not null
            && (AttributeNames.Find(model, AttributeNames.Dataset) ?? AttributeNames.Find(model, AttributeNames.Prompt)) is not null)
        {
            problems.Add(Swapped(recipe, model, row, location, cancellation));
            return new(null, problems);
        }

        var isUsable = problems.Count == 0;
        var settings = new KeySettings();
        var elsewhere = new List<SymbolProblem>();
        AttributeReader? modelReader = null;
        if (Require(model, AttributeNames.BaseModel, location, problems) is { } baseModel)
        {
            var declared = ModelDeclarationReader.Read(baseModel, settings, facts: null, cancellation);
            elsewhere.AddRange(declared.Problems);
            modelReader = declared.Reader;
        }
        Require(row, AttributeNames.Dataset, location, problems);
        RecipeClassChecker.CheckRowAccessibility(type, row, location, problems);
        var declaration = RowDeclarationReader.Read(row, settings, facts: null, cancellation);
        elsewhere.AddRange(declaration.Problems);

        var reader = new AttributeReader(settings, problems, cancellation);
        ReadOwnAttributes(type, row, settings, reader, problems, cancellation);
        foreach (var (key, problem) in KeyRules.Check(settings, KeySurface.CSharp))
            problems.Add(new(Descriptors.Get(problem.Code), reader.LocationOf(key) ?? location, problem.Message));
        if (settings.TryGet(DataKeys.Type, out var rows) && rows is KeyValue.Text { Value: not "template" } rowType)
        {
            foreach (var (key, problem) in ShapeCheck.Check(rowType.Value, settings, facts?.ModelOf(settings), KeySurface.CSharp))
                problems.Add(new(Descriptors.Get(problem.Code), declaration.Reader.LocationOf(key) is { IsInSource: true } place ? place : location, problem.Message));
        }

        // What concerns a model or a row alone is told at that.
        reader.CheckRules(rule => !rule.IsOf(ModelKeys.Section) && !rule.IsOf(DataKeys.Section), location);
        if (facts is not null)
        {
            AttributeReader?[] readers = [reader, modelReader, declaration.Reader];
            var known = facts.ModelOf(settings);
            foreach (var problem in ModelCheck.CheckUse(known, settings, KeySurface.CSharp))
            {
                var teller = readers.FirstOrDefault(candidate => candidate?.LocationOf(problem.Key) is { IsInSource: true });
                problems.Add(teller?.Locate(problem) ?? new(Descriptors.Get(problem.Code), location, problem.Message));
            }

            // It is the recipe that needs the memory, whatever other recipes do with the model.
            problems.AddRange(ModelCheck.CheckMemory(known, settings, facts)
                .Select(problem => new SymbolProblem(Descriptors.Get(problem.Code), location, problem.Message)));
        }

        if (declaration.NothingToLearn is { } unshown && !GrpoKeys.AreRead(settings))
            problems.Add(unshown.Location.IsInSource ? unshown : unshown with { Location = location });
        var hasPrompt = AttributeNames.Find(row, AttributeNames.Prompt) is not null;
        var template = ChatTemplateUses.Of(settings, ShapeCheck.Resolve(settings, hasPrompt, recognised: null), data: null);

        // Types of other assemblies have no place of their own to tell a mistake at.
        problems.AddRange(elsewhere.Where(problem => !problem.Location.IsInSource).Select(problem => problem with { Location = location }));
        if (problems.Concat(elsewhere).Any(problem => problem.Descriptor.DefaultSeverity == DiagnosticSeverity.Error))
            return new(null, problems)
            {
                RowTypeName = isUsable && !problems.Exists(problem => problem.Descriptor == PromptDiagnostics.InaccessibleRow)
                    ? row.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
                    : null,
                ChatTemplate = template,
            };
        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        var given = settings.Given.Select(setting => new Setting(setting.Key.Path, setting.Value));
        return new(new(space, type.Name, Source: null, new(given), declaration.Row, declaration.Prompt, declaration.Shape), problems) { ChatTemplate = template };
    }

    private static void ReadOwnAttributes(
        INamedTypeSymbol type, INamedTypeSymbol row, KeySettings settings, AttributeReader reader, List<SymbolProblem> problems, CancellationToken cancellation)
    {
        if (AttributeNames.Find(type, AttributeNames.Lora) is { } lora)
        {
            settings.Set(AdapterKeys.Kind, new KeyValue.Text("lora"));
            reader.Read(lora, AttributeNames.Lora, AdapterKeys.Section);
        }

        ReadMethod(type, row, settings, reader, problems, cancellation);
        if (AttributeNames.Find(type, AttributeNames.Evaluate) is { } evaluate)
            reader.Read(evaluate, AttributeNames.Evaluate, EvaluationKeys.Section);
    }

    private static void ReadMethod(
        INamedTypeSymbol type, INamedTypeSymbol row, KeySettings settings, AttributeReader reader, List<SymbolProblem> problems, CancellationToken cancellation)
    {
        var given = AttributeNames.Methods.Select(name => (Name: name, Attribute: AttributeNames.Find(type, name))).Where(method => method.Attribute is not null).ToList();
        if (given.Count > 1)
        {
            var second = given[1].Attribute!.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? Location.None;
            problems.Add(new(
                PromptDiagnostics.SeveralMethods, second,
                $"[{given[0].Name}] and [{given[1].Name}] exclude each other; keep one of them, or make two recipes."));
        }

        if (given.Count == 0)
            return;
        var (chosen, attribute) = given[0];
        if (chosen != AttributeNames.Sft)
            settings.Set(TrainingKeys.Method, new KeyValue.Text(TrainingKeys.Method.Choices.First(choice => choice.CSharpName == chosen).Name));
        reader.Read(attribute!, chosen, chosen == AttributeNames.Grpo ? [TrainingKeys.Section, GrpoKeys.Section] : [TrainingKeys.Section]);
        if (chosen == AttributeNames.Grpo && !Rewards.IsOverriddenBy(type))
            problems.Add(new(RecipeDiagnostics.NoRewards, reader.LocationOf(TrainingKeys.Method) ?? Location.None, Rewards.Missing(type.Name, type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(), row.Name, row.Name)));
    }

    private static SymbolProblem Swapped(AttributeData recipe, INamedTypeSymbol model, INamedTypeSymbol row, Location location, CancellationToken cancellation)
    {
        var types = (recipe.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax)?.Name.DescendantNodesAndSelf().OfType<GenericNameSyntax>()
            .FirstOrDefault()?.TypeArgumentList.Arguments;
        return new(PromptDiagnostics.SwappedTypes, location, $"{row.Name} is the model and {model.Name} the row; write [Recipe<{row.Name}, {model.Name}>].")
        {
            Original = types is { Count: 2 } ? types.ToString() : null,
            Replacement = types is { Count: 2 } ? $"{types.Value[1]}, {types.Value[0]}" : null,
        };
    }

    private static AttributeData? Require(INamedTypeSymbol type, string name, Location location, List<SymbolProblem> problems)
    {
        var attribute = AttributeNames.Find(type, name);
        if (attribute is null)
        {
            var example = name switch
            {
                AttributeNames.BaseModel => "[BaseModel(\"models/…\")]",
                AttributeNames.Dataset => "[Dataset(\"data/train.jsonl\")]",
                _ => throw new ArgumentOutOfRangeException(nameof(name)),
            };
            problems.Add(new(PromptDiagnostics.MissingAttribute, location, $"{type.Name} has no [{name}] attribute; add {example} to it."));
        }

        return attribute;
    }
}
