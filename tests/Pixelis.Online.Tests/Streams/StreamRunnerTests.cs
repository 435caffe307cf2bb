using Pixelis.Online.Tests.Evolution;

namespace Pixelis.Online.Tests.Streams;

/// <summary>A stream is answered in order, and goes on where it stopped.</summary>
public sealed class StreamRunnerTests
{
    [Fact]
    public async Task A_stream_that_was_cut_goes_on_and_asks_nothing_twice()
    {
        using var small = new SmallEvolution();
        Directory.CreateDirectory(small.Folder);
        string stream = Path.Combine(small.Folder, "..", "stream.jsonl");
        File.WriteAllLines(stream, Enumerable.Range(0, 6).Select(i => $$"""{"id": "r{{i}}", "question": "Say {{i}}.", "image": {"shape": [3, 28, 28], "data": [{{string.Join(',', Enumerable.Repeat(i, 3 * 28 * 28))}}] } }"""));
        using var stop = new CancellationTokenSource();
        var first = new List<string>();
        await using (OnlineEvolution evolution = small.Open(o => o.WaitsForLearning = true))
        {
            var runner = new StreamRunner(evolution, new RequestFile(stream), small.Folder);
            Assert.False(await runner.RunAsync((request, _) => { first.Add(request.Id); if (first.Count == 2) stop.Cancel(); }, cancellationToken: stop.Token));
            Assert.Equal((2, 2L), (runner.Progress.Line, runner.Progress.Answered));
        }
        // As if the process had died after the answer was remembered and before its place was kept.
        string place = Path.Combine(small.Folder, "stream.json");
        (StreamProgress.Read(place) with { Line = 1, Last = StreamProgress.HashOf("r0") }).Write(place);
        var second = new List<string>();
        await using (OnlineEvolution evolution = small.Open(o => o.WaitsForLearning = true))
        {
            var runner = new StreamRunner(evolution, new RequestFile(stream), small.Folder);
            Assert.True(await runner.RunAsync((request, _) => second.Add(request.Id)));
            Assert.Equal((6, 6L), (runner.Progress.Line, runner.Progress.Answered));
            Assert.Equal(6, await evolution.Experiences.CountAsync());
            Assert.True(runner.Progress.Updates > 0 && runner.Progress.Versions > 0);
        }
        Assert.Equal(["r0", "r1"], first);
        Assert.Equal(["r2", "r3", "r4", "r5"], second);

        File.WriteAllLines(stream, File.ReadLines(stream).Reverse().ToArray());
        await using OnlineEvolution other = small.Open();
        PixelisException problem = await Assert.ThrowsAsync<PixelisException>(() => new StreamRunner(other, new RequestFile(stream), small.Folder).RunAsync());
        Assert.Contains("another request", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_does_not_wait_for_learning_that_has_ended()
    {
        using var small = new SmallEvolution();
        Directory.CreateDirectory(small.Folder);
        string stream = Path.Combine(small.Folder, "..", "stream.jsonl");
        File.WriteAllLines(stream, Enumerable.Range(0, 6).Select(i => $$"""{"question": "Say {{i}}."}"""));
        await using OnlineEvolution evolution = small.Open(o => (o.WaitsForLearning, o.QueueCapacity, o.Neighbors) = (true, 1, 0));
        var runner = new StreamRunner(evolution, new RequestFile(stream), small.Folder);
        Assert.True(await runner.RunAsync((_, _) => evolution.Updates.Complete()));
        Assert.Equal(6, runner.Progress.Answered);
    }

    [Fact]
    public async Task A_request_that_cannot_be_answered_is_told_and_the_stream_goes_on()
    {
        using var small = new SmallEvolution();
        Directory.CreateDirectory(small.Folder);
        string stream = Path.Combine(small.Folder, "..", "stream.jsonl");
        File.WriteAllLines(stream, [$$"""{"question": "{{new string('x', 200_000)}}"}""", """{"question": "Say something."}""", "broken", """{"question": "And more."}"""]);
        await using OnlineEvolution evolution = small.Open();
        var failed = new List<int>();
        var runner = new StreamRunner(evolution, new RequestFile(stream), small.Folder);
        Assert.True(await runner.RunAsync(onFailure: (line, _) => failed.Add(line), skipsBroken: true));
        Assert.Equal([1, 3], failed);
        Assert.Equal((2L, 2L, 4), (runner.Progress.Answered, runner.Progress.Failed, runner.Progress.Line));
    }
}
