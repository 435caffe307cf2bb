using Microsoft.Extensions.DependencyInjection;
using Pixelis.Agents;
using Pixelis.Online;
using Pixelis.Online.State;
using Pixelis.Serving.Tests.Support;
using Pixelis.TestKit;

namespace Pixelis.Serving.Tests.Live;

/// <summary>The page in a real browser. Screenshots are left in the test's folder, for whoever wants to look.</summary>
public sealed class LivePageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task Without_learning_it_says_so_and_shows_answers_as_they_come()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("A red square beside a green circle."));
        await using Browser browser = await Browser.OpenAsync(app.Address + "/");
        await browser.UntilAsync("document.body.dataset.link === 'live'");
        Assert.Equal("Nothing was asked yet.", (string?)await browser.EvaluateAsync("document.querySelector('#answers .empty').textContent"));
        Assert.Contains("Online evolution is off", (string?)await browser.EvaluateAsync("document.querySelector('#notices').textContent"), StringComparison.Ordinal);
        await app.AskAsync("What is there? <img src=x onerror=alert(1)>");
        await browser.UntilAsync("document.querySelector('#answers .card .chip')?.textContent === 'answered'");
        Assert.Equal("What is there? <img src=x onerror=alert(1)>", (string?)await browser.EvaluateAsync("document.querySelector('#answers .question').textContent"));
        Assert.Equal("A red square beside a green circle.", (string?)await browser.EvaluateAsync("document.querySelector('#answers .answer').textContent"));
        Assert.True((bool?)await browser.EvaluateAsync("document.querySelector('#side').hidden"));
        Assert.Empty(browser.Complaints);
        await browser.ScreenshotAsync(Screenshot("live-answers-only.png"));
    }

    [ChromiumTheory]
    [InlineData(false, 1320)]
    [InlineData(true, 1320)]
    [InlineData(false, 420)]
    public async Task With_learning_it_shows_votes_gates_versions_rewards_and_review(bool isDark, int width)
    {
        await using ReviewQueue queue = await QueueAsync();
        var learning = new Learning { Snapshot = Learning.Sample([]) };
        await using ServedApp app = await ServedApp.StartAsync(Looker(), add: s => s.AddSingleton<IOnlineState>(learning).AddSingleton<IReviewQueue>(queue));
        string[] traces = [(await app.AskAsync("What is 3 + 3?")).TraceId, (await app.AskAsync("How many dots are on the lower die?")).TraceId, (await app.AskAsync("Which number is on the small sign behind the bus, above the door on the left?")).TraceId];
        learning.Snapshot = Learning.Sample(traces);
        await using Browser browser = await Browser.OpenAsync(app.Address + "/", width, 1000, isDark);
        await browser.UntilAsync("document.querySelectorAll('#answers .track').length >= 6");
        Assert.Equal(3, (int?)await browser.EvaluateAsync("document.querySelectorAll('#versions .card').length"));
        Assert.Equal(10, (int?)await browser.EvaluateAsync("document.querySelectorAll('#updates .number.end, #updates .chip.bad').length"));
        Assert.Equal(1, (int?)await browser.EvaluateAsync("document.querySelectorAll('#curve svg path').length"));
        Assert.Equal(2, (int?)await browser.EvaluateAsync("document.querySelectorAll('#review .card').length"));
        Assert.True((int?)await browser.EvaluateAsync("document.querySelectorAll('#answers .chip.bad').length") >= 3); // the gate that blocked
        Assert.True((bool?)await browser.EvaluateAsync("document.documentElement.scrollWidth <= window.innerWidth"), "the page is wider than its window");
        Assert.Empty(browser.Complaints);
        await browser.ScreenshotAsync(Screenshot($"live-{(isDark ? "dark" : "light")}-{width}.png"));
    }

    [ChromiumFact]
    public async Task A_reviewer_decides_on_the_page()
    {
        await using ReviewQueue queue = await QueueAsync();
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("6"), add: s => s.AddSingleton<IReviewQueue>(queue));
        await using Browser browser = await Browser.OpenAsync(app.Address + "/");
        await browser.UntilAsync("document.querySelectorAll('#review .card').length === 2");
        await browser.EvaluateAsync("(() => { const name = document.querySelector('#reviewer'); name.value = 'ann'; name.dispatchEvent(new Event('input')); document.querySelector('#review .card input').value = '8'; document.querySelectorAll('#review .card button')[1].click(); })()");
        await browser.UntilAsync("document.querySelectorAll('#review .card').length === 1");
        ReviewDecision decision = (await queue.FindAsync(1))!.Decision!;
        Assert.Equal((ReviewVerdict.Corrected, "8", "ann"), (decision.Verdict, decision.Label, decision.Reviewer));
        await browser.EvaluateAsync("document.querySelectorAll('#review .card button')[2].click()"); // a rejection without a reason
        await browser.UntilAsync("document.querySelector('#review').textContent.includes('a rejection says why')");
    }

    [ChromiumFact]
    public async Task A_server_with_keys_asks_for_one()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("6"), o => o.ApiKeys.Add("key-of-the-live-page"));
        await using Browser browser = await Browser.OpenAsync(app.Address + "/");
        await browser.UntilAsync("document.body.dataset.link === 'locked' && !document.querySelector('#unlock').hidden");
        await browser.EvaluateAsync("(() => { document.querySelector('#key').value = 'key-of-the-live-page'; document.querySelector('#unlock').requestSubmit(); })()");
        await browser.UntilAsync("document.body.dataset.link === 'live' && document.querySelector('#unlock').hidden");
    }

    [Fact]
    public async Task It_is_one_file_that_loads_nothing()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("6"));
        Reply page = await app.GetAsync("/");
        Assert.DoesNotContain("http", page.Text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", page.Text, StringComparison.Ordinal);
        string policy = page.Message.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    private async Task<ReviewQueue> QueueAsync()
    {
        ReviewQueue queue = ReviewQueue.Open(_folder["review.db"]);
        foreach ((int number, string question) in new[] { (1, "How many dots are on the lower die?"), (2, "What does the third line of the receipt say?") })
            await queue.EnqueueAsync(new ReviewRequest { Experience = number, RequestId = $"r{number}", Question = question, Answer = "6", Proposed = number == 1 ? "7" : null, Confidence = 0.58, Cause = ReviewCause.SplitVote });
        return queue;
    }

    private static PixelisAgent Looker() => PixelisAgent.Create()
        .WithModel(new ToldModel(m => m[^1].Text.Contains("sign", StringComparison.Ordinal) && m[^1].Role == Role.User ? "<tool_call>{\"name\": \"zoom\", \"arguments\": {\"factor\": 4}}</tool_call>" : "I count them row by row: two, two and two. The answer is \\boxed{6}"))
        .WithTool((int factor) => $"{factor} times larger", "zoom", "Looks closer.").Build();

    private string Screenshot(string name) => Environment.GetEnvironmentVariable("PIXELIS_SCREENSHOTS") is { Length: > 0 } folder ? Path.Combine(folder, name) : _folder[name];
}
