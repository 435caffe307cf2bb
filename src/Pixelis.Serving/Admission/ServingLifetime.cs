using Microsoft.Extensions.Hosting;
using Pixelis.Serving.Errors;

namespace Pixelis.Serving.Admission;

/// <summary>When the server stops: nothing new begins, what runs may end within its grace, and what still runs then is cancelled.</summary>
internal sealed class ServingLifetime : IDisposable
{
    private readonly CancellationTokenSource _graceIsOver = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly IHostApplicationLifetime _host;
    private ITimer? _timer;

    public ServingLifetime(IHostApplicationLifetime host, ServingSettings settings, TimeProvider time)
    {
        _host = host;
        _registration = host.ApplicationStopping.Register(() =>
            _timer = time.CreateTimer(_ => _graceIsOver.Cancel(), null, settings.Options.ShutdownGrace, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Cancelled as soon as the server stops: for what need not end by itself.</summary>
    public CancellationToken Stopping => _host.ApplicationStopping;

    /// <summary>Cancelled when episodes must end.</summary>
    public CancellationToken GraceIsOver => _graceIsOver.Token;

    /// <exception cref="ApiException">It stops.</exception>
    public void RefuseWhenStopping()
    {
        if (Stopping.IsCancellationRequested)
            throw Stopped();
    }

    public static ApiException Stopped() => new(503, "The server stops; try again later.", code: "server_stopping") { RetryAfter = TimeSpan.FromSeconds(5) };

    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
        _graceIsOver.Dispose();
    }
}
