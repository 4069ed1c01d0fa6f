using System.Diagnostics;
using System.Globalization;
using FineTune.Recipes;

namespace FineTune.Hooks;

/// <summary>Calls the user's code: what it throws is the user's mistake, at the user's line, and no defect of this library.</summary>
internal static class UserCode
{
    public static void Call(TrainingPipeline pipeline, string hook, Action call) => Call(pipeline, hook, () =>
    {
        call();
        return true;
    });

    /// <exception cref="FineTuneException">FT5030: the code threw.</exception>
    public static T Call<T>(TrainingPipeline pipeline, string hook, Func<T> call) => Call(call, exception => new(
        "FT5030",
        $"{hook} of the recipe '{pipeline.Options.Name}' {Threw(exception)}: {exception.Message} What was trained so far is in the last checkpoint; the next run goes on from there.",
        Place(exception),
        exception));

    /// <summary>Calls code that is given a row: its place is the row's, which whoever read it knows.</summary>
    /// <exception cref="FineTuneException">FT5131: the code threw.</exception>
    /// <exception cref="RowException">The code refuses the row.</exception>
    public static T CallOnRow<T>(string hook, Func<T> call) => Call(call, exception => exception is RowException
        ? null
        : new("FT5131", $"The recipe's {hook} {Threw(exception)}{(Place(exception) is { } line ? $" at {line}" : "")}: {exception.Message}", null, exception));

    private static T Call<T>(Func<T> call, Func<Exception, FineTuneException?> describe)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (exception is not (FineTuneException or OperationCanceledException or OutOfMemoryException))
        {
            if (describe(exception) is { } told)
                throw told;
            throw;
        }
    }

    private static string Threw(Exception exception) => $"threw {exception.GetType().Name}";

    // The first line of code with sources that is not this library's; symbols may be missing.
    private static string? Place(Exception exception)
    {
        var frame = new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(frame => frame.GetFileName() is not null && frame.GetMethod()?.Module.Assembly != typeof(UserCode).Assembly);
        return frame is null ? null : string.Create(CultureInfo.InvariantCulture, $"{frame.GetFileName()}:{frame.GetFileLineNumber()}");
    }
}
