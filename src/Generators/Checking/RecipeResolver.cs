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
    /// <param name="draft">The recipe by its text.</param>
    /// <param name="facts">What is known of models and data.</param>
    /// <param name="rewarded">The classes that have rewards.</param>
    public static RecipeResult Resolve(RecipeDraft draft, ProjectFacts facts, EquatableArray<string> rewarded)
    {
        var settings = new KeySettings();
        foreach (var setting in draft.Settings)
            settings.Set(KeyTable.Get(setting.Path), setting.Value);
        var model = facts.ModelOf(settings);
        var (train, test) = (facts.DataOf(settings, DataKeys.Train), facts.DataOf(settings, DataKeys.Test));
        var merged = Merge(train);
        var type = ShapeCheck.Resolve(settings, hasPrompt: draft.Prompt.Count > 0, merged is null ? null : ShapeTable.Recognise(merged));
        var isShape = ShapeCheck.IsShape(type);
        if (isShape)
            settings.Set(DataKeys.Type, new KeyValue.Text(type!));
        if (isShape && merged is not null && !settings.TryGet(DataKeys.MessagesColumn, out _) && ShapeTable.OtherMessagesColumn(type!, merged) is { } messages)
            settings.Set(DataKeys.MessagesColumn, new KeyValue.Text(messages));
        var problems = ModelCheck.CheckFolder(model, settings)
            .Concat(ModelCheck.CheckUse(model, settings, KeySurface.Yaml))
            .Concat(ModelCheck.CheckMemory(model, settings, facts))
            .Concat(DataFileRules.Check(train, test))
            .Concat(CheckRewards(draft, settings, rewarded))
            .Concat(isShape || draft.Prompt.Count == 0 ? [] : train.SelectMany(file => PromptCheck.Check(draft.Prompt, file, test)))
            .Concat(isShape ? CheckShape(draft, type!, settings, model, train, test) : CheckPrompt(draft, settings, type, merged));
        var diagnostics = draft.Diagnostics
            .Concat(problems.Select(problem => new DiagnosticInfo(problem.Code, problem.Message, PlaceOf(draft, problem))))
            .ToList();
        var hasErrors = diagnostics.Exists(diagnostic => Descriptors.Get(diagnostic.Id).DefaultSeverity == DiagnosticSeverity.Error);
        return new(hasErrors || draft.Name is null ? null : CreateModel(draft, draft.Name.Name, settings, merged), draft.Name, draft.Files, new(diagnostics))
        {
            ChatTemplate = ChatTemplateUses.Of(settings, type, merged),
        };
    }

    private static IEnumerable<FactProblem> CheckRewards(RecipeDraft draft, KeySettings settings, EquatableArray<string> rewarded)
    {
        if (draft.Name is { } name && GrpoKeys.AreRead(settings) && !rewarded.Contains(name.FullName))
            yield return new(TrainingKeys.Method, KeyCodes.NoRewards, Rewards.Missing(name.Name, draft.Namespace, "Row", name.Name + ".Row"));
    }

    // What says that the rows are of a type is known here alone, where the data shows it.
    private static IEnumerable<FactProblem> CheckShape(RecipeDraft draft, string type, KeySettings settings, ModelFacts? model, IReadOnlyList<DataFacts> train, IReadOnlyList<DataFacts> test)
    {
        var found = ShapeCheck.Check(type, settings, model, KeySurface.Yaml)
            .Concat(Gives(draft, DataKeys.Type) ? [] : KeyRules.Check(settings, KeySurface.Yaml).Where(problem => problem.Key.Needs.Any(need => need.Path == DataKeys.Type.Path)))
            .Select(problem => new FactProblem(problem.Key, problem.Problem.Code, problem.Problem.Message))
            .ToList();
        if (found.Count > 0)
            return found;
        var (row, shape) = ShapeRow.Create(type, settings, Merge(train), "");
        return new[] { (Key: DataKeys.Train, Files: train), (Key: DataKeys.Test, Files: test) }
            .SelectMany(side => side.Files.SelectMany(file => ShapeCheck.CheckData(row, shape, file)).Select(problem => new FactProblem(side.Key, problem.Code, problem.Message)));
    }

    private static IEnumerable<FactProblem> CheckPrompt(RecipeDraft draft, KeySettings settings, string? type, DataFacts? train)
    {
        if (Gives(draft, DataKeys.Prompt) || !settings.TryGet(DataKeys.Train, out _))
            return [];
        // A type that is given, but does not exist, is a mistake of its own.
        if (type is null && Gives(draft, DataKeys.Type))
            return [];
        if (type is not null)
            return [new(DataKeys.Type, KeyCodes.MissingPrompt, $"'{DataKeys.Prompt}' is missing. {DataKeys.Prompt.Summary}")];
        var columns = train is not null ? $" of {KeyText.Quote(train.Name)} with the columns {KeyText.List([.. train.Columns.Select(column => column.Name)])}" : "";
        var problem = ShapeCheck.NotKnown(columns, KeySurface.Yaml);
        return [new(DataKeys.Prompt, problem.Code, problem.Message)];
    }

    // Files of a mixture are read into one type.
    private static DataFacts? Merge(IReadOnlyList<DataFacts> files) => files.Count == 0 ? null : files[0] with { Columns = ColumnMerge.Of(files) };

    private static RecipeModel CreateModel(RecipeDraft draft, string name, KeySettings settings, DataFacts? train)
    {
        if (settings.TryGet(DataKeys.Type, out var type) && type is KeyValue.Text { Value: not "template" } shapeType)
        {
            var (shapeRow, shape) = ShapeRow.Create(shapeType.Value, settings, train, name);
            var given = settings.Given.Select(setting => new Setting(setting.Key.Path, setting.Value));
            return new(draft.Namespace, name, draft.Source, new(given), shapeRow, default, shape);
        }

        var row = train is null ? GeneratedRow.OfFields(draft.Prompt) : GeneratedRow.OfData(train.Columns, name);
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

    private static bool Gives(RecipeDraft draft, Key key) => draft.Places.Any(place => place.Key == key.Path);

    private static SettingPlace? Find(RecipeDraft draft, string key, string item) =>
        draft.Places.FirstOrDefault(place => place.Key == key && place.Item == item);
}
