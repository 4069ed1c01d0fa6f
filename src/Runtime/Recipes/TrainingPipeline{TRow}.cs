using System.Text.Json;
using FineTune.Hooks;
using FineTune.Prompts;

namespace FineTune.Recipes;

/// <summary>A recipe over rows of one type: how a row is read, and how it becomes a prompt. The generator writes both.</summary>
/// <typeparam name="TRow">The row.</typeparam>
public abstract class TrainingPipeline<TRow> : TrainingPipeline
    where TRow : notnull
{
    private IReadOnlyList<IReward<TRow>>? _rewards;

    /// <summary>Reads one row.</summary>
    /// <param name="reader">Stands at the <c>{</c> of the row's object; is left at its <c>}</c>.</param>
    /// <exception cref="RowException">A column is missing or has another type.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    protected abstract TRow ReadRow(ref Utf8JsonReader reader);

    /// <summary>Renders a row as segments of text, each trained or not.</summary>
    protected abstract void Format(TRow row, PromptBuilder prompt);

    /// <summary>Says which rows are used; override it in the recipe's partial class. All are, by default.</summary>
    /// <param name="row">A row as it was read, of the training or of the held-out rows.</param>
    /// <returns>Whether the row is used.</returns>
    protected virtual bool Filter(TRow row) => true;

    /// <summary>Changes rows before they are rendered; override it in the recipe's partial class. None is changed, by default.</summary>
    /// <param name="row">A row that <see cref="Filter"/> lets pass.</param>
    /// <returns>The row to use.</returns>
    protected virtual TRow Map(TRow row) => row;

    /// <summary>Judges what the model writes; override it in the recipe's partial class. Training by GRPO needs at least one.</summary>
    protected virtual IReadOnlyList<IReward<TRow>> Rewards => [];

    internal override IReadOnlyList<RewardWeight> RewardWeights => [.. OwnRewards.Select(reward => new RewardWeight(reward.Name, reward.Weight))];

    internal override string? RowCode(bool judges) =>
        Own(((Func<TRow, bool>)Filter).Method) || Own(((Func<TRow, TRow>)Map).Method) || (judges && OwnRewards.Count > 0)
            ? GetType().Module.ModuleVersionId.ToString("N")
            : null;

    // One list for the whole run: rewards may keep state.
    private IReadOnlyList<IReward<TRow>> OwnRewards => _rewards ??= UserCode.Call(this, nameof(Rewards), () => Rewards);

    internal override Prompt? RenderJson(ReadOnlySpan<byte> utf8Json, ChatFormat chat)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new RowException($"A row is a JSON object, but this one is {JsonKind.Describe(reader.TokenType)}.");
        var row = ReadRow(ref reader);
        if (reader.Read())
            throw new RowException("Text follows the row's object on the same line.");
        if (!UserCode.CallOnRow(nameof(Filter), () => Filter(row)))
            return null;
        var prompt = new PromptBuilder(chat);
        row = UserCode.CallOnRow(nameof(Map), () => Map(row));
        Format(row, prompt);
        // Rewards are made when something is to be judged: the build, which reads rows too, must not load a judge.
        return prompt.Build() with { Judge = completion => [.. OwnRewards.Select(reward => Score(reward, row, completion))] };
    }

    private static double? Score(IReward<TRow> reward, TRow row, string completion) =>
        UserCode.CallOnRow($"reward '{reward.Name}'", () => reward.Score(row, completion)) switch
        {
            { } score when !double.IsFinite(score) => throw new FineTuneException(
                "FT5150", $"The reward '{reward.Name}' gave {Keys.NumberText.Write(score)} for the completion {Keys.KeyText.Quote(completion)}. Give a finite number, or null where the reward does not apply."),
            var score => score,
        };

    private static bool Own(System.Reflection.MethodInfo method) => method.DeclaringType != typeof(TrainingPipeline<TRow>);
}
