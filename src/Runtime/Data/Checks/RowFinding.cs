namespace FineTune.Data.Checks;

/// <summary>Something that a user should know about a row.</summary>
/// <param name="Code">The diagnostic.</param>
/// <param name="IsError">Whether training must not begin; else it is a warning, which is told with the number of such rows.</param>
/// <param name="Message">What is the matter and what to do.</param>
/// <param name="Place">The row.</param>
internal sealed record RowFinding(string Code, bool IsError, string Message, string Place)
{
    /// <summary>The finding as a build would write it.</summary>
    public string Line => $"{Place}: {(IsError ? "error" : "warning")} {Code}: {Message}";

    public static RowFinding Error(string code, PromptRow row, string message) => new(code, true, message, row.Place);

    public static RowFinding Warning(string code, PromptRow row, string message) => new(code, false, message, row.Place);

    /// <summary>The mistake of an exception that names a row.</summary>
    public static RowFinding Of(FineTuneException exception) => new(exception.Code, true, exception.Message, exception.Place ?? "");

    /// <summary>The finding as an exception.</summary>
    public FineTuneException ToException() => new(Code, Message, Place);
}
