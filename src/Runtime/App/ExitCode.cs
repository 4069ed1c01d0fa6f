namespace FineTune.App;

/// <summary>What the process returns to the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Something that the user gave is wrong, and one message has said what.</summary>
    public const int UserMistake = 1;

    /// <summary>EX_SOFTWARE of sysexits.h: a defect of this program.</summary>
    public const int Defect = 70;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
