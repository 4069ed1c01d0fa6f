using System.Reflection;
using FineTune.App;

/// <summary>
/// What .NET calls before a program's <c>Main</c> where DOTNET_STARTUP_HOOKS names this assembly, by the name and the signature
/// that it asks for. The build checks rows so: a project's own <c>Main</c> would not know what to do, and may do anything.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Assembly.GetEntryAssembly() is { } program && BuildRowCheck.Run(program, Environment.GetCommandLineArgs()[1..]) is { } exitCode)
            Environment.Exit(exitCode);
    }
}
