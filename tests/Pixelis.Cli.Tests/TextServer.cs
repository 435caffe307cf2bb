using System.Net;
using System.Text;
using System.Text.Json;

namespace Pixelis.Cli.Tests;

/// <summary>A server on this machine that speaks OpenAI's streamed chat completions and says one text after the other, the last one for ever.</summary>
internal sealed class TextServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    private TextServer(HttpListener listener, string address, string[] answers)
    {
        _listener = listener;
        Address = address;
        _serving = ServeAsync(answers);
    }

    public string Address { get; }

    public static TextServer Start(params string[] answers)
    {
        for (int attempt = 0; ; attempt++)
        {
            int port = Random.Shared.Next(20_000, 60_000);
            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                listener.Start();
                return new TextServer(listener, $"http://127.0.0.1:{port}/v1", answers);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // the port is taken
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(string[] answers)
    {
        for (int number = 0; ; number++)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // closed
            }
            using (var reader = new StreamReader(context.Request.InputStream))
                await reader.ReadToEndAsync();
            await AnswerAsync(context.Response, answers[Math.Min(number, answers.Length - 1)]);
        }
    }

    private static async Task AnswerAsync(HttpListenerResponse response, string text)
    {
        response.ContentType = "text/event-stream";
        await using Stream stream = response.OutputStream;
        foreach (char[] piece in text.Chunk(3))
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"data: {JsonSerializer.Serialize(new { choices = new[] { new { index = 0, delta = new { content = new string(piece) } } } })}\n\n"));
        await stream.WriteAsync(Encoding.UTF8.GetBytes("data: {\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}\n\ndata: [DONE]\n\n"));
    }
}
