using FineTune.Checking;
using FineTune.Diagnostics;
using FineTune.Emit;
using FineTune.Keys;
using FineTune.Model;
using FineTune.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FineTune;

/// <summary>
/// Turns recipes, in <c>*.recipe.yaml</c> and in attributes, into training pipelines, and gives a project without an entry
/// point one that runs them. Readers turn text and symbols into models, emitters turn models into code.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RecipeGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var assemblyName = context.CompilationProvider.Select((compilation, _) => compilation.AssemblyName);
        var rootNamespace = context.AnalyzerConfigOptionsProvider.Combine(assemblyName)
            .Select((pair, _) => RootNamespace.Of(pair.Left.GlobalOptions, pair.Right));

        // Other generators' YAML is not ours: what is ours is marked by the SDK.
        var files = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select((pair, _) => (File: pair.Left, Item: ProjectFacts.ItemOf(pair.Left, pair.Right)));
        var facts = ReadFacts(context, files);
        var yaml = files.Where(file => file.Item == "Recipe")
            .Select((file, _) => file.File)
            .WithTrackingName(TrackingNames.YamlFiles)
            .Combine(rootNamespace)
            .Select((pair, cancellation) => ReadYaml(pair.Left, pair.Right, cancellation))
            .WithTrackingName(TrackingNames.YamlDrafts)
            .Combine(facts.Combine(Rewards.Classes(context.SyntaxProvider)))
            .Select((pair, _) => RecipeResolver.Resolve(pair.Left, pair.Right.Left, pair.Right.Right))
            .WithTrackingName(TrackingNames.YamlRecipes);

        var csharp = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeNames.RecipeMetadataName, (node, _) => node is TypeDeclarationSyntax, ReadCSharp)
            .WithTrackingName(TrackingNames.CSharpRecipes);

        var all = csharp.Collect().Combine(yaml.Collect())
            .Select((pair, _) => new EquatableArray<RecipeResult>(pair.Left.AddRange(pair.Right)));
        var duplicates = all.Select((recipes, _) => DuplicateNames.Find(recipes)).WithTrackingName(TrackingNames.Duplicates);
        var unused = all.Select((recipes, _) => ChatTemplateUses.FindUnused(recipes)).WithTrackingName(TrackingNames.UnusedChatTemplates);
        var hasTemplates = ChatTemplateOutput.Register(context, unused);
        EmitPipelines(context, csharp, duplicates, hasTemplates);
        EmitPipelines(context, yaml, duplicates, hasTemplates);
        EmitBroken(context, yaml, duplicates, rootNamespace);
        EmitBroken(context, csharp);
        EmitProgram(context, all, duplicates, rootNamespace);
        EmitFiles(context, all);

        // Apart from the code: a mistake that moves to another line does not emit anything anew.
        var diagnostics = yaml.SelectMany((recipe, _) => recipe.Diagnostics).WithTrackingName(TrackingNames.Diagnostics);
        context.RegisterSourceOutput(diagnostics, (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(duplicates, (output, found) =>
        {
            foreach (var duplicate in found)
                output.ReportDiagnostic(duplicate.ToDiagnostic());
        });
    }

    private static void EmitPipelines(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<RecipeResult> recipes,
        IncrementalValueProvider<EquatableArray<DuplicateName>> duplicates,
        IncrementalValueProvider<bool> hasTemplates)
    {
        var models = recipes.Where(recipe => recipe.Model is not null)
            .Select((recipe, _) => (recipe.Model!, recipe.Name!))
            .Combine(duplicates)
            .Where(pair => !pair.Right.Any(duplicate => duplicate.Name == pair.Left.Item2))
            .Select((pair, _) => pair.Left.Item1)
            .WithTrackingName(TrackingNames.Pipelines);
        context.RegisterSourceOutput(
            models.Combine(hasTemplates), (output, pair) => output.AddSource(RecipeEmitter.HintName(pair.Left), RecipeEmitter.Emit(pair.Left, pair.Right)));
    }

    private static void EmitBroken(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<RecipeResult> recipes,
        IncrementalValueProvider<EquatableArray<DuplicateName>> duplicates,
        IncrementalValueProvider<string> rootNamespace)
    {
        var broken = recipes.Where(recipe => recipe.Model is null && recipe.Name is not null)
            .Select((recipe, _) => recipe.Name!)
            .Combine(duplicates)
            .Where(pair => !pair.Right.Any(duplicate => duplicate.Name == pair.Left))
            .Combine(rootNamespace)
            .Select((pair, _) => new BrokenRecipe(pair.Right, pair.Left.Left.Name))
            .WithTrackingName(TrackingNames.Broken);
        context.RegisterSourceOutput(broken, (output, recipe) =>
            output.AddSource(BrokenRecipeEmitter.HintName(recipe), BrokenRecipeEmitter.Emit(recipe)));
    }

    private static void EmitBroken(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<RecipeResult> recipes)
    {
        var broken = recipes.Where(recipe => recipe.Broken is not null).Select((recipe, _) => recipe.Broken!).WithTrackingName(TrackingNames.BrokenCSharp);
        context.RegisterSourceOutput(broken, (output, recipe) =>
            output.AddSource(BrokenRecipeEmitter.HintName(recipe), BrokenRecipeEmitter.Emit(recipe)));
    }

    private static void EmitProgram(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EquatableArray<RecipeResult>> recipes,
        IncrementalValueProvider<EquatableArray<DuplicateName>> duplicates,
        IncrementalValueProvider<string> rootNamespace)
    {
        var needed = context.CompilationProvider.Combine(rootNamespace)
            .Select((pair, cancellation) => EntryPoint.ClassNameFor(pair.Left, pair.Right, cancellation));
        var program = recipes.Combine(duplicates).Combine(needed).Combine(rootNamespace)
            .Select((input, _) => ProgramReader.Read(input.Left.Left.Left, input.Left.Left.Right, input.Left.Right, input.Right))
            .WithTrackingName(TrackingNames.Program);
        context.RegisterSourceOutput(program, (output, model) =>
        {
            if (model is not null)
                output.AddSource(ProgramEmitter.HintName, ProgramEmitter.Emit(model));
        });
    }

    // Apart from the pipelines, as it has places in it: a line that moves emits this anew, and nothing else.
    private static void EmitFiles(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EquatableArray<RecipeResult>> recipes)
    {
        var projectFolder = context.AnalyzerConfigOptionsProvider.Select((options, _) => ProjectFolder.IfFilesAreChecked(options.GlobalOptions));
        var files = recipes.Combine(projectFolder)
            .Select((pair, _) => pair.Right is { } folder ? RecipeFilesEmitter.Emit(pair.Left, folder) : null)
            .WithTrackingName(TrackingNames.Files);
        context.RegisterSourceOutput(files, (output, source) =>
        {
            if (source is not null)
                output.AddSource(RecipeFilesEmitter.HintName, source);
        });
    }

    private static IncrementalValueProvider<ProjectFacts> ReadFacts(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<(AdditionalText File, string? Item)> files)
    {
        var models = files.Where(file => file.Item == "ModelFacts")
            .Select((file, cancellation) => ProjectFacts.ReadModel(file.File, cancellation))
            .Where(facts => facts is not null)
            .Collect();
        var data = files.Where(file => file.Item == "DataFacts")
            .Select((file, cancellation) => ProjectFacts.ReadData(file.File, cancellation))
            .Where(facts => facts is not null)
            .Collect();
        var memory = context.AnalyzerConfigOptionsProvider.Select((options, _) => ProjectFacts.DeviceMemoryOf(options.GlobalOptions));
        return models.Combine(data).Combine(memory)
            .Select((input, _) => new ProjectFacts(new(input.Left.Left!), new(input.Left.Right!), input.Right))
            .WithTrackingName(TrackingNames.Facts);
    }

    private static RecipeDraft ReadYaml(AdditionalText file, string rootNamespace, CancellationToken cancellation) =>
        file.GetText(cancellation) is { } text
            ? YamlRecipeReader.Read(file.Path, text, rootNamespace, cancellation)
            : new(
                rootNamespace, Path.GetFileName(file.Path), default, default, null, default, default,
                new([new(RecipeDiagnostics.MalformedYaml.Id, $"The recipe {Path.GetFileName(file.Path)} cannot be read.", null)]));

    private static RecipeResult ReadCSharp(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        // The analyzer tells the mistakes of C#.
        var declaration = RecipeDeclarationReader.Read(type, context.Attributes[0], facts: null, cancellation);
        var model = declaration.Model;
        var fullName = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));
        var location = ((TypeDeclarationSyntax)context.TargetNode).Identifier.GetLocation();
        var place = LocationInfo.Create(location);
        var files = RecipeFilesReader.Read(context.Attributes[0], place, cancellation);
        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        return new(model, new(type.Name, model?.FullName ?? fullName, place), new(files), default)
        {
            ChatTemplate = declaration.ChatTemplate,
            Broken = declaration.RowTypeName is { } row ? new(space, type.Name, row) : null,
        };
    }
}
