namespace FineTune.Attributes;

/// <summary>
/// Makes a partial class a recipe: the build generates its training pipeline, which reads rows of <typeparamref name="TRow"/>
/// and trains <typeparamref name="TModel"/>. The class's name is the recipe's.
/// </summary>
/// <typeparam name="TModel">A class with <see cref="BaseModelAttribute"/>. It cannot be static: static classes are no type arguments.</typeparam>
/// <typeparam name="TRow">A type with <see cref="DatasetAttribute"/> and <see cref="PromptAttribute"/>.</typeparam>
/// <example><code>
/// [Recipe&lt;TinyDocs, Exam&gt;]
/// [Lora(Rank = 16, Alpha = 32)]
/// [Sft(LearningRate = 2e-4, TokensPerBatch = 8192)]
/// [Evaluate(Metric.RougeL, Metric.Perplexity)]
/// public sealed partial class PassExam;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RecipeAttribute<TModel, TRow> : Attribute
    where TModel : class
    where TRow : notnull;
