using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pixelis.Data;
using Pixelis.Imaging;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>Asks a server about scenes of PixelBench, says what it thinks of answers, decides reviews; and notes what was acknowledged.</summary>
internal sealed class Traffic(Uri address, int seed, bool asksWhatIsKept = false) : IDisposable
{
    /// <summary>What the model is called.</summary>
    public const string Model = "crashes";

    private const int Known = 64; // scenes that are asked again and again, so that memory has something to say

    private static readonly PixelBenchGenerator Scenes = new(new PixelBenchOptions
    {
        Split = PixelBenchSplit.Train, Families = [PixelBenchFamily.Spot, PixelBenchFamily.Read], Difficulties = [1],
    });

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    private int _inFlight;

    /// <summary>What the server said yes to.</summary>
    public Acknowledged Acknowledged { get; } = new();

    /// <summary>Requests under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Answers of other statuses than 200, with the request: nothing was acknowledged.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Refused { get; } = new();

    /// <summary>Asks on until it is cancelled or the server is gone.</summary>
    public Task RunAsync(int askers, CancellationToken cancellation) => Task.WhenAll(Enumerable.Range(0, askers).Select(i => Task.Run(
        async () =>
        {
            var random = new Random(unchecked((seed * 31) + i));
            try
            {
                while (!cancellation.IsCancellationRequested)
                    await AskAsync(random, cancellation);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or JsonException)
            {
                // The server was killed: what was under way is not acknowledged.
            }
        },
        CancellationToken.None)));

    /// <summary>One question; then perhaps a word about its answer, and about one that waits for a reviewer.</summary>
    public async Task AskAsync(Random random, CancellationToken cancellation)
    {
        Example scene = Scenes.Create(random.Next(2) == 0 ? random.Next(Known) : random.Next(1_000_000));
        if (await SendAsync(HttpMethod.Post, "/v1/chat/completions", Question(scene), cancellation) is not { } reply)
            return;
        JsonNode told = reply["choices"]![0]!["pixelis"]!;
        var answer = new AckedAnswer((string)told["trace_id"]!, (string)told["policy_version"]!);
        if (asksWhatIsKept && !await IsKeptAsync(answer.Trace, cancellation))
            return;
        Acknowledged.Add(answer);
        if (random.NextDouble() < 0.5)
            await JudgeAsync(answer.Trace, random, cancellation);
        if (random.NextDouble() < 0.4)
            await ReviewAsync(random, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private async Task JudgeAsync(string trace, Random random, CancellationToken cancellation)
    {
        string action = random.Next(3) switch { 0 => "confirm", 1 => "correct", _ => "doubt" };
        string? correction = action == "correct" ? random.Next(1, 100).ToString(CultureInfo.InvariantCulture) : null;
        var said = new JsonObject { ["trace_id"] = trace, ["verdict"] = action == "confirm" ? "correct" : "incorrect" };
        if (correction is not null)
            said["correction"] = correction;
        if (await SendAsync(HttpMethod.Post, "/v1/feedback", said, cancellation) is not null)
            Acknowledged.Add(new AckedFeedback(trace, action, correction));
    }

    private async Task ReviewAsync(Random random, CancellationToken cancellation)
    {
        if (await SendAsync(HttpMethod.Get, "/v1/review?limit=20", null, cancellation) is not { } page || page["data"]!.AsArray() is not { Count: > 0 } items)
            return;
        JsonNode item = items[random.Next(items.Count)]!;
        var said = new JsonObject { ["reviewer"] = "ann" };
        switch (random.Next(3))
        {
            case 0 when item["proposed"] is not null:
                said["decision"] = "approve";
                break;
            case 1:
                (said["decision"], said["answer"]) = ("correct", random.Next(1, 100).ToString(CultureInfo.InvariantCulture));
                break;
            default:
                (said["decision"], said["reason"]) = ("reject", "unclear");
                break;
        }
        string place = string.Create(CultureInfo.InvariantCulture, $"/v1/review/{(long)item["id"]!}");
        if (await SendAsync(HttpMethod.Post, place, said, cancellation) is { } made)
            Acknowledged.Add(new AckedReview((long)made["item"]!, (long)made["number"]!, (string)made["verdict"]!, (string?)made["label"]));
    }

    private async Task<bool> IsKeptAsync(string trace, CancellationToken cancellation)
    {
        JsonNode? state = await SendAsync(HttpMethod.Get, "/v1/online/state", null, cancellation);
        JsonNode? mine = state?["online"]?["answers"]?.AsArray().FirstOrDefault(a => (string?)a!["trace_id"] == trace);
        return (string?)mine?["use"] is "collected" or "queued" or "in_review" or "learnt";
    }

    // What it said, once all of it is here; null for another status than 200.
    private async Task<JsonNode?> SendAsync(HttpMethod method, string place, JsonObject? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, place);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        Interlocked.Increment(ref _inFlight);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellation);
            string text = await response.Content.ReadAsStringAsync(cancellation);
            if (response.IsSuccessStatusCode)
                return JsonNode.Parse(text);
            Refused.Enqueue($"{place}: {(int)response.StatusCode} {text}");
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private static JsonObject Question(Example scene)
    {
        string picture = Convert.ToBase64String(OpenCvImageCodec.Shared.Encode(scene.Media[0].Image!, ImageFileFormat.Png));
        var content = new JsonArray(
            new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = $"data:image/png;base64,{picture}" } },
            new JsonObject { ["type"] = "text", ["text"] = scene.Question });
        return new JsonObject { ["model"] = Model, ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = content }) };
    }
}
