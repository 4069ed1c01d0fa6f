using FineTune.Facts;
using FineTune.Keys;
using FineTune.Model;
using FineTune.Reading;

namespace FineTune.Checking;

/// <summary>Finds the chat templates that no recipe renders its rows by, whose mistakes are then nobody's concern.</summary>
internal static class ChatTemplateUses
{
    /// <summary>What a recipe makes of its model's template; <see langword="null"/> where it names no model.</summary>
    /// <param name="settings">The recipe.</param>
    /// <param name="type">What its rows are; <see langword="null"/>: that is not known.</param>
    /// <param name="data">What is known of them.</param>
    public static ChatTemplateUse? Of(KeySettings settings, string? type, DataFacts? data)
    {
        if (!settings.TryGet(ModelKeys.Base, out var model) || model is not KeyValue.Text name)
            return null;
        var isRendered = !settings.TryGet(DataKeys.ChatTemplate, out _) && type switch
        {
            null or "messages" or "sharegpt" => true,
            "prompt_completion" => data?.Columns.FirstOrDefault(column => column.Name == "prompt") is not { Kind: ColumnKind.String },
            _ => false,
        };
        return new(name.Value, isRendered);
    }

    /// <summary>The models that recipes name, and whose templates none of those renders by. Of other models, code may take the templates.</summary>
    public static EquatableArray<string> FindUnused(IEnumerable<RecipeResult> recipes) => new(recipes
        .Where(recipe => recipe.ChatTemplate is not null)
        .GroupBy(recipe => recipe.ChatTemplate!.Model, StringComparer.Ordinal)
        .Where(uses => uses.All(use => !use.ChatTemplate!.IsRendered))
        .Select(uses => uses.Key));
}
