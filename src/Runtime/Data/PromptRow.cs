using FineTune.Prompts;

namespace FineTune.Data;

/// <summary>A row of a data file, rendered.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Prompt">What the model sees of it.</param>
internal readonly record struct PromptRow(string File, int Line, Prompt Prompt)
{
    /// <summary>Where the row is, as messages write it.</summary>
    public string Place => $"{File}:{Line}";

    /// <summary>The scores of a completion by the recipe's rewards, in their order.</summary>
    /// <exception cref="FineTuneException">FT5131, FT5150: a reward threw, or gave no number.</exception>
    public double?[] Judge(string completion)
    {
        try
        {
            return Prompt.Judge?.Invoke(completion) ?? [];
        }
        catch (FineTuneException exception) when (exception.Place is null)
        {
            throw new FineTuneException(exception.Code, exception.Message, Place, exception);
        }
    }
}
