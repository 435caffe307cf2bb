using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pixelis.Online;
using Pixelis.Online.Updates;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

/// <summary>The server as a process of its own, from its start to its end by a signal.</summary>
public class ServeTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private const string Ask = """{"model": "tiny", "max_tokens": 4, "messages": [{"role": "user", "content": "Hello"}]}""";

    [Fact]
    public async Task It_answers_until_it_is_told_to_stop()
    {
        ChildResult ended = await ServeAsync([], async (http, told) =>
        {
            Assert.Contains("for this machine, without a key", told, StringComparison.Ordinal);
            using JsonDocument models = JsonDocument.Parse(await http.GetStringAsync("/v1/models"));
            Assert.Equal("tiny", models.RootElement.GetProperty("data")[0].GetProperty("id").GetString());
            using HttpResponseMessage answer = await PostAsync(http, Ask);
            using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(4, document.RootElement.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(http, "{")).StatusCode);
            Assert.Contains("gen_ai_client_token_usage", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
            Assert.Contains("\"healthy\"", await http.GetStringAsync("/health"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/v1/review")).StatusCode);
            Assert.StartsWith("<!doctype html>", await http.GetStringAsync("/"), StringComparison.Ordinal);
        });
        Assert.Equal(0, ended.ExitCode);
        Assert.EndsWith("pixelis: stopping; running episodes may end\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_remembers_and_learns_and_a_kill_takes_nothing_that_was_answered()
    {
        string folder = tiny["online"];
        string[] options =
        [
            "--online", folder, "--cold-start", "0", "--confidence", "0", "--objective", "weighted-sft", "--lora-rank", "2", "--episodes", "2", "--max-new-tokens", "4", "--review-share", "0",
        ];
        ChildResult killed = await ServeAsync(
            options,
            async (http, _) =>
            {
                using JsonDocument answer = JsonDocument.Parse(await (await PostAsync(http, Ask)).Content.ReadAsStringAsync());
                string trace = answer.RootElement.GetProperty("choices")[0].GetProperty("pixelis").GetProperty("trace_id").GetString()!;
                Assert.Equal(HttpStatusCode.OK, (await PostAsync(http, Ask.Replace("Hello", "Hello again", StringComparison.Ordinal))).StatusCode);
                using var said = new StringContent($$"""{"trace_id": "{{trace}}", "verdict": "incorrect"}""", Encoding.UTF8, "application/json");
                Assert.Equal(HttpStatusCode.OK, (await http.PostAsync("/v1/feedback", said)).StatusCode);
                using JsonDocument reviews = JsonDocument.Parse(await http.GetStringAsync("/v1/review"));
                Assert.Equal(trace, reviews.RootElement.GetProperty("data")[0].GetProperty("request_id").GetString());
                using JsonDocument state = JsonDocument.Parse(await http.GetStringAsync("/v1/online/state"));
                JsonElement online = state.RootElement.GetProperty("online");
                Assert.Equal((2, "learning"), (online.GetProperty("experiences").GetInt32(), online.GetProperty("mode").GetString()));
            },
            signal: "-KILL");
        Assert.NotEqual(0, killed.ExitCode);
        ChildResult ended = await ServeAsync(options, async (http, _) =>
        {
            using JsonDocument state = JsonDocument.Parse(await http.GetStringAsync("/v1/online/state"));
            Assert.Equal(2, state.RootElement.GetProperty("online").GetProperty("experiences").GetInt32());
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(http, Ask)).StatusCode);
            Assert.Contains("\"online\"", await http.GetStringAsync("/health"), StringComparison.Ordinal);
        });
        Assert.Equal(0, ended.ExitCode);
        using ExperienceReader kept = ExperienceReader.Open(new OnlineFolder(folder).Experiences);
        Assert.Equal(3, kept.Count());
        using PolicyVersionStore versions = PolicyVersionStore.Read(new OnlineFolder(folder).Versions);
        Assert.NotNull(versions.Serving);
        Assert.Equal(0, (await PixelisTool.RunAsync("audit", "verify", new OnlineFolder(folder).AuditLog, "--key", new OnlineFolder(folder).AuditKey)).ExitCode);
    }

    [Fact]
    public async Task With_a_key_file_it_asks_for_a_key_and_never_prints_it()
    {
        const string Key = "0123456789abcdef0123456789abcdef";
        string file = tiny["api.key"];
        await File.WriteAllTextAsync(file, Key + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ChildResult ended = await ServeAsync(["--api-key-file", file, "--host", "0.0.0.0", "--name", "mine"], async (http, told) =>
        {
            Assert.Contains("with an API key", told, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/v1/models")).StatusCode);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            Assert.Contains("\"mine\"", await http.GetStringAsync("/v1/models"), StringComparison.Ordinal);
        });
        Assert.DoesNotContain(Key, ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        ChildResult result = await PixelisTool.RunAsync("serve", "-m", tiny.Folder, "--port", $"{port}");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"pixelis: Port {port} of 127.0.0.1 is in use; choose another one with --port (0 takes a free one).\n", result.Error);
    }

    [Theory]
    [InlineData(2, "there is no API key: whoever comes could use the model", "--host", "0.0.0.0")]
    [InlineData(2, "there is no API key", "--host", "::")]
    [InlineData(2, "--host must be localhost or an IP address", "--host", "example.com")]
    [InlineData(2, "--port must be from 0 to 65535", "--port", "70000")]
    [InlineData(2, "--max-running must be at least 1", "--max-running", "0")]
    [InlineData(2, "--max-megapixels must be more than 0", "--max-megapixels", "NaN")]
    [InlineData(2, "--grace must be from 0", "--grace", "-1")]
    [InlineData(1, "no such key file", "--api-key-file", "no-such-file")]
    [InlineData(1, "no such key file", "--admin-key-file", "no-such-file")]
    [InlineData(2, "--episodes has a meaning only with --online DIR", "--episodes", "2")]
    [InlineData(2, "leave --dtype out", "--online", "no-such-folder", "--dtype", "bf16")]
    [InlineData(1, "TTRL compares the episodes", "--online", "no-such-folder", "--episodes", "1")]
    public async Task Wrong_command_lines_are_explained(int code, string why, params string[] options)
    {
        ChildResult result = await PixelisTool.RunAsync(["serve", "-m", tiny.Folder, .. options]);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    // Starts it on a free port, works with it, and ends it.
    private async Task<ChildResult> ServeAsync(string[] options, Func<HttpClient, string, Task> work, string signal = "-TERM")
    {
        var listening = new TaskCompletionSource<(Process Process, string Line)>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<ChildResult> served = PixelisTool.RunAsync(
            null,
            (process, line) =>
            {
                if (line.StartsWith("listening on ", StringComparison.Ordinal))
                    listening.TrySetResult((process, line));
            },
            ["serve", "-m", tiny.Folder, "--port", "0", .. options]);
        await Task.WhenAny(listening.Task, served);
        if (served.IsCompleted)
            throw new InvalidOperationException((await served).Error);
        (Process child, string told) = await listening.Task;
        using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:" + told.Split(' ')[2].Split(':')[^1]), Timeout = TimeSpan.FromMinutes(2) };
        try
        {
            await work(http, told);
        }
        finally
        {
            using Process sent = Process.Start("kill", [signal, $"{child.Id}"]);
            await sent.WaitForExitAsync();
        }
        return await served;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string body) =>
        http.PostAsync("/v1/chat/completions", new StringContent(body, Encoding.UTF8, "application/json"));
}
