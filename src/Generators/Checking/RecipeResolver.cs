using FineTune.Diagnostics;
using FineTune.Facts;
using FineTune.Facts.Rules;
using FineTune.Keys;
using FineTune.Model;
using FineTune.Reading;
using Microsoft.CodeAnalysis;

namespace FineTune.Checking;

/// <summary>Makes a recipe of its draft and of what is known of its model and data.</summary>
internal static class RecipeResolver
{
    public static RecipeResult Resolve(RecipeDraft draft, ProjectFacts facts)
    {
        var settings = new KeySettings();
        foreach (var setting in draft.Settings)
            settings.Set(KeyTable.Get(setting.Path), setting.Value);
        var model = facts.ModelOf(settings);
        var (train, test) = (facts.DataOf(settings, DataKeys.Train), facts.DataOf(settings, DataKeys.Test));
        var problems = ModelCheck.CheckFolder(model, settings)
            .Concat(ModelCheck.CheckUse(model, settings, KeySurface.Yaml))
            .Concat(ModelCheck.CheckMemory(model, settings, facts))
            .Concat(DataFileRules.Check(train, test))
            .Concat(train.SelectMany(file => PromptCheck.Check(draft.Prompt, file, test)));
        var diagnostics = draft.Diagnostics
            .Concat(problems.Select(problem => new DiagnosticInfo(problem.Code, problem.Message, PlaceOf(draft, problem))))
            .ToList();
        var hasErrors = diagnostics.Exists(diagnostic => Descriptors.Get(diagnostic.Id).DefaultSeverity == DiagnosticSeverity.Error);
        return new(hasErrors || draft.Name is null ? null : CreateModel(draft, draft.Name.Name, train), draft.Name, draft.Files, new(diagnostics));
    }

    private static RecipeModel CreateModel(RecipeDraft draft, string name, IReadOnlyList<DataFacts> train)
    {
        var row = train.Count > 0 ? GeneratedRow.OfData(ColumnMerge.Of(train), name) : GeneratedRow.OfFields(draft.Prompt);
        return new(draft.Namespace, name, draft.Source, draft.Settings, row, new(draft.Prompt.Select(CreatePart)));

        PromptPart CreatePart(PromptTemplatePiece piece)
        {
            if (!piece.IsField)
                return new(piece.Text, Field: null, Optional: false, Trained: false);
            var column = row.Columns.First(column => column.Names[0] == piece.Text);
            return new(column.Property, column.Value.Type, column.Value.Optional, piece.Trained);
        }
    }

    // The item, the value, the section, or else the name: what is nearest to where it must be changed.
    private static LocationInfo? PlaceOf(RecipeDraft draft, FactProblem problem) =>
        (Find(draft, problem.Key.Path, problem.Item ?? "") ?? Find(draft, problem.Key.Path, "") ?? Find(draft, problem.Key.Section.Name, ""))?.Location
            ?? draft.Name?.Location;

    private static SettingPlace? Find(RecipeDraft draft, string key, string item) =>
        draft.Places.FirstOrDefault(place => place.Key == key && place.Item == item);
}
