using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Model;

namespace FineTune.Reading;

/// <summary>A recipe in YAML by its text alone, before what is known of its model and data is looked at.</summary>
/// <param name="Namespace">The namespace of its class.</param>
/// <param name="Source">The file's name.</param>
/// <param name="Settings">The keys given, in the table's order.</param>
/// <param name="Prompt">The pieces of its prompt.</param>
/// <param name="Name">Its name and the place of that, where it has one.</param>
/// <param name="Files">The files that it names, with their places.</param>
/// <param name="Places">Where it gives what.</param>
/// <param name="Diagnostics">Its mistakes.</param>
internal sealed record RecipeDraft(
    string Namespace,
    string Source,
    EquatableArray<Setting> Settings,
    EquatableArray<PromptTemplatePiece> Prompt,
    RecipeName? Name,
    EquatableArray<RecipeFile> Files,
    EquatableArray<SettingPlace> Places,
    EquatableArray<DiagnosticInfo> Diagnostics);
