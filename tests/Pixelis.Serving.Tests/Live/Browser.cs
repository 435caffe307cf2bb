using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Pixelis.TestKit;

namespace Pixelis.Serving.Tests.Live;

/// <summary>
/// A headless Chromium with one page, led over its DevTools protocol: a page whose connection stays open never counts as loaded, so that a dump on the
/// command line would show it before it shows anything. Remembers everything the browser had to complain about.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TemporaryFolder _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonNode>> _calls = [];
    private Task _reading = Task.CompletedTask;
    private string? _session;
    private int _number;

    private Browser(Process process, TemporaryFolder profile) => (_process, _profile) = (process, profile);

    /// <summary>Errors, warnings, exceptions, blocked requests.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Browser> OpenAsync(string address, int width = 1320, int height = 1000, bool isDark = false)
    {
        var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(ChromiumFactAttribute.Program!,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars", $"--user-data-dir={profile.Path}",
            "--remote-debugging-port=0", "about:blank",
        ]) { RedirectStandardError = true };
        var browser = new Browser(Process.Start(start)!, profile);
        await browser.ConnectAsync();
        await browser.CallAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await browser.CallAsync("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) });
        await browser.CallAsync("Page.navigate", new() { ["url"] = address });
        return browser;
    }

    /// <summary>The value of an expression of the page's script.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode result = await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        Assert.True(result["exceptionDetails"] is null, result.ToJsonString());
        return result["result"]!["value"];
    }

    /// <summary>Waits until an expression holds; a page that is still being read has no body yet.</summary>
    public async Task UntilAsync(string expression)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((bool?)await EvaluateAsync($"document.body !== null && Boolean({expression})") != true)
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"{expression} never held.\n{await EvaluateAsync("document.body.innerText")}\n{string.Join('\n', Complaints)}");
            await Task.Delay(50);
        }
    }

    public async Task ScreenshotAsync(string path)
    {
        JsonNode picture = await CallAsync("Page.captureScreenshot", new() { ["format"] = "png", ["captureBeyondViewport"] = true });
        await File.WriteAllBytesAsync(path, Convert.FromBase64String((string)picture["data"]!));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _socket.Dispose();
        _process.Dispose();
        try
        {
            _profile.Dispose();
        }
        catch (IOException)
        {
            // A helper of the browser still writes there; it is a temporary folder.
        }
    }

    private async Task ConnectAsync()
    {
        string? line;
        do
            line = await _process.StandardError.ReadLineAsync();
        while (line is not null && !line.StartsWith("DevTools listening on ", StringComparison.Ordinal));
        _ = _process.StandardError.ReadToEndAsync();
        await _socket.ConnectAsync(new Uri(line!["DevTools listening on ".Length..]), CancellationToken.None);
        _reading = ReadAsync();
        JsonNode target = await CallAsync("Target.createTarget", new() { ["url"] = "about:blank" });
        JsonNode attached = await CallAsync("Target.attachToTarget", new() { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
        _session = (string)attached["sessionId"]!;
        foreach (string domain in new[] { "Page", "Runtime", "Log" })
            await CallAsync(domain + ".enable", []);
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        int number = ++_number;
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_calls)
            _calls.Add(number, answer);
        var call = new JsonObject { ["id"] = number, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
            call["sessionId"] = _session;
        await _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
        JsonNode reply = await answer.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return reply["result"] ?? throw new InvalidOperationException($"{method}: {reply.ToJsonString()}");
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                WebSocketReceiveResult piece = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                message.Write(buffer, 0, piece.Count);
                if (!piece.EndOfMessage)
                    continue;
                Take(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or System.Text.Json.JsonException)
        {
            // The browser is gone.
        }
    }

    private void Take(JsonNode message)
    {
        if ((int?)message["id"] is { } number)
        {
            lock (_calls)
                _calls[number].TrySetResult(message);
            return;
        }
        string method = (string)message["method"]!;
        bool isComplaint = method == "Runtime.exceptionThrown" || method == "Log.entryAdded" || (method == "Runtime.consoleAPICalled" && (string?)message["params"]!["type"] is "error" or "warning");
        if (isComplaint)
            Complaints.Add(message["params"]!.ToJsonString());
    }
}
