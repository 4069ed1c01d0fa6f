using System.Collections.Immutable;
using FineTune.Checking;
using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FineTune;

/// <summary>Tells the mistakes of the C# surface, by the same readers that the generator uses.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RecipeAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] RecipeOnly = [AttributeNames.Lora, .. AttributeNames.Methods, AttributeNames.Evaluate];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Descriptors.All];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var (files, options) = (start.Options.AdditionalFiles, start.Options.AnalyzerConfigOptionsProvider);
            var facts = new Lazy<ProjectFacts>(() => ProjectFacts.Read(files, options, start.CancellationToken));
            start.RegisterSymbolAction(symbol => Analyze(symbol, facts), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<ProjectFacts> facts)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var recipe = AttributeNames.FindRecipe(type);
        var problems = new List<SymbolProblem>();
        if (recipe is not null)
            problems.AddRange(RecipeDeclarationReader.Read(type, recipe, facts.Value, context.CancellationToken).Problems);
        else
            CheckStrayAttributes(type, problems, context.CancellationToken);
        if (recipe is not null)
        {
            CheckMisplacedAttributes(type, problems, context.CancellationToken);
            Report(context, problems);
            return;
        }

        if (AttributeNames.Find(type, AttributeNames.BaseModel) is { } model)
            problems.AddRange(ModelDeclarationReader.Read(model, new KeySettings(), facts.Value, context.CancellationToken).Problems);
        if (AttributeNames.Find(type, AttributeNames.Prompt) is not null || AttributeNames.Find(type, AttributeNames.Dataset) is not null)
            problems.AddRange(RowDeclarationReader.Read(type, new KeySettings(), facts.Value, context.CancellationToken).Problems);
        Report(context, problems);
    }

    private static void Report(SymbolAnalysisContext context, List<SymbolProblem> problems)
    {
        foreach (var problem in problems)
            context.ReportDiagnostic(problem.ToDiagnostic());
    }

    // On a recipe's class nothing reads them: its model and its row are the types that [Recipe<,>] names.
    private static void CheckMisplacedAttributes(INamedTypeSymbol type, List<SymbolProblem> problems, CancellationToken cancellation)
    {
        foreach (var name in new[] { AttributeNames.BaseModel, AttributeNames.Dataset, AttributeNames.Prompt })
        {
            if (AttributeNames.Find(type, name)?.ApplicationSyntaxReference?.GetSyntax(cancellation) is { } syntax)
                problems.Add(new(
                    PromptDiagnostics.MisplacedAttribute, syntax.GetLocation(),
                    $"[{name}] is not read on a recipe; put it on the {(name == AttributeNames.BaseModel ? "model" : "row")} that [Recipe<TModel, TRow>] names."));
        }
    }

    private static void CheckStrayAttributes(INamedTypeSymbol type, List<SymbolProblem> problems, CancellationToken cancellation)
    {
        foreach (var name in RecipeOnly)
        {
            if (AttributeNames.Find(type, name)?.ApplicationSyntaxReference?.GetSyntax(cancellation) is { } syntax)
                problems.Add(new(
                    PromptDiagnostics.AttributeWithoutRecipe, syntax.GetLocation(),
                    $"[{name}] has no effect on {type.Name}; add [Recipe<TModel, TRow>], or remove it."));
        }
    }
}
