using System.Runtime.InteropServices;

namespace Pixelis.Cli.CommandLine;

/// <summary>
/// Turns Ctrl-C (SIGINT) and SIGTERM into a cancellation token. Work stops within one decoded token. What does
/// not look at the token (a read from a pipe that nobody writes to, one long native call) is given a few seconds; a second
/// Ctrl-C ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>How long work may take to end. Default 5 seconds; a verb that has something to save first sets more.</summary>
    public static TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _source = new();
    private readonly Timer _deadline;
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption()
    {
        _deadline = new Timer(_ => Environment.Exit(ExitCodes.Interrupted));
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _deadline.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
            Environment.Exit(ExitCodes.Interrupted);
        context.Cancel = true;
        _deadline.Change(Grace, Timeout.InfiniteTimeSpan); // before the cancellation: its callbacks run here and may block
        _source.Cancel();
    }
}
