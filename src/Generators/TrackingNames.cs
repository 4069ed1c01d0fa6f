namespace FineTune;

/// <summary>The names of the generator's steps, by which tests see what was cached.</summary>
internal static class TrackingNames
{
    public const string YamlFiles = nameof(YamlFiles);
    public const string Facts = nameof(Facts);
    public const string YamlDrafts = nameof(YamlDrafts);
    public const string YamlRecipes = nameof(YamlRecipes);
    public const string CSharpRecipes = nameof(CSharpRecipes);
    public const string Duplicates = nameof(Duplicates);
    public const string Pipelines = nameof(Pipelines);
    public const string Broken = nameof(Broken);
    public const string BrokenCSharp = nameof(BrokenCSharp);
    public const string Program = nameof(Program);
    public const string Files = nameof(Files);
    public const string Diagnostics = nameof(Diagnostics);
    public const string ChatTemplateFiles = nameof(ChatTemplateFiles);
    public const string ChatTemplates = nameof(ChatTemplates);
    public const string UnusedChatTemplates = nameof(UnusedChatTemplates);
    public const string ChatTemplateClasses = nameof(ChatTemplateClasses);
    public const string RewardedClasses = nameof(RewardedClasses);

    public static readonly IReadOnlyList<string> All = [YamlFiles, Facts, YamlDrafts, YamlRecipes, CSharpRecipes, Duplicates, Pipelines, Broken, BrokenCSharp, Program, Files, Diagnostics, ChatTemplateFiles, ChatTemplates, UnusedChatTemplates, ChatTemplateClasses, RewardedClasses];
}
