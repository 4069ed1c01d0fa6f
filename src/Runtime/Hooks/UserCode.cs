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
    public static T Call<T>(TrainingPipeline pipeline, string hook, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (exception is not (FineTuneException or OperationCanceledException))
        {
            throw new FineTuneException(
                "FT5030", $"{hook} of the recipe '{pipeline.Options.Name}' threw {exception.GetType().Name}: {exception.Message} "
                + "What was trained so far is in the last checkpoint; the next run goes on from there.",
                Place(exception), exception);
        }
    }

    // The first line of code with sources that is not this library's; symbols may be missing.
    private static string? Place(Exception exception)
    {
        var frame = new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(frame => frame.GetFileName() is not null && frame.GetMethod()?.Module.Assembly != typeof(UserCode).Assembly);
        return frame is null ? null : string.Create(CultureInfo.InvariantCulture, $"{frame.GetFileName()}:{frame.GetFileLineNumber()}");
    }
}
