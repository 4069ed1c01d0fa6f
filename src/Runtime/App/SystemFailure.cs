using System.Runtime.InteropServices;

namespace FineTune.App;

/// <summary>Failures of the machine that a user can do something about, wherever they come from.</summary>
internal static class SystemFailure
{
    private const int NoSpaceOnLinux = 28; // ENOSPC: on Unix HResult is the error number.
    private const int NoSpaceOnWindows = unchecked((int)0x80070070); // ERROR_DISK_FULL

    /// <returns>The failure as a message, or null if it is none of these.</returns>
    public static FineTuneException? Explain(Exception exception) => exception switch
    {
        IOException { HResult: NoSpaceOnLinux or NoSpaceOnWindows } full => new FineTuneException(
            "FT5006", $"The disk is full: {full.Message} Make room and run the command again; training goes on from the last checkpoint.", null, full),
        UnauthorizedAccessException denied => new FineTuneException(
            "FT5007", $"{denied.Message} Make the file or folder accessible to this user and run the command again.", null, denied),
        OutOfMemoryException => OutOfMemory(exception),
        // libtorch's allocator reports through TorchSharp in words only.
        ExternalException external when external.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
            || external.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)
            || external.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) => OutOfMemory(external),
        _ => null,
    };

    private static FineTuneException OutOfMemory(Exception exception) => new(
        "FT5008",
        "There is not enough memory. 'plan' shows what needs how much; a smaller 'training.micro_batch_tokens' or 'data.max_length' needs less.",
        null,
        exception);
}
