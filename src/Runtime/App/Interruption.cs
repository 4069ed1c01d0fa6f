using System.Runtime.InteropServices;

namespace FineTune.App;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a request to stop; the second ends the process at once, as without this class.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _asked;

    /// <param name="asked">Is called once, on a thread of its own, when the user asks to stop.</param>
    public Interruption(Action asked)
    {
        _asked = asked;
        _registrations = [Register(PosixSignal.SIGINT, App.ExitCode.Interrupted), Register(PosixSignal.SIGTERM, App.ExitCode.Terminated)];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>What the process returns after it was interrupted.</summary>
    public int ExitCode { get; private set; } = App.ExitCode.Interrupted;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal, int exitCode) => PosixSignalRegistration.Create(signal, context =>
    {
        if (_source.IsCancellationRequested)
            return;
        context.Cancel = true;
        ExitCode = exitCode;
        _source.Cancel();
        _asked();
    });
}
