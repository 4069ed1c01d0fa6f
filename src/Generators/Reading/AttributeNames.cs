using FineTune.Keys;
using Microsoft.CodeAnalysis;

namespace FineTune.Reading;

/// <summary>The attributes of the C# surface.</summary>
internal static class AttributeNames
{
    public const string Namespace = "FineTune.Attributes";

    /// <summary>The metadata name by which the compiler finds recipes.</summary>
    public const string RecipeMetadataName = Namespace + ".RecipeAttribute`2";

    private const string Recipe = "Recipe";
    public const string BaseModel = "BaseModel";
    public const string Dataset = "Dataset";
    public const string DatasetFile = "DatasetFile";
    public const string Prompt = "Prompt";
    public const string Lora = "Lora";
    public const string Sft = "Sft";
    public const string Pretrain = "Pretrain";
    public const string Grpo = "Grpo";
    public const string Evaluate = "Evaluate";
    public const string Column = "Column";

    /// <summary>The attributes that say how a recipe trains.</summary>
    public static readonly IReadOnlyList<string> Methods = [Sft, Pretrain, Grpo];

    /// <summary>The attribute of ours with this name, without its suffix, on a symbol.</summary>
    public static AttributeData? Find(ISymbol symbol, string name) => FindAll(symbol, name).FirstOrDefault();

    /// <summary>The attributes of ours with this name, in order.</summary>
    public static IEnumerable<AttributeData> FindAll(ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(attribute =>
            attribute.AttributeClass is { } type
            && type.Name == name + "Attribute"
            && type.ContainingNamespace.ToDisplayString() == Namespace);

    /// <summary>The <c>[Recipe&lt;TModel, TRow&gt;]</c> on a class; while it is typed it may have other type arguments, or none.</summary>
    public static AttributeData? FindRecipe(ISymbol symbol) =>
        Find(symbol, Recipe) is { AttributeClass.TypeArguments.Length: 2 } attribute ? attribute : null;

    /// <summary>The key that an attribute's constructor takes.</summary>
    public static Key? Positional(string name) => name switch
    {
        BaseModel => ModelKeys.Base,
        Dataset => DataKeys.Train,
        Prompt => DataKeys.Prompt,
        Evaluate => EvaluationKeys.Metrics,
        _ => null,
    };
}
