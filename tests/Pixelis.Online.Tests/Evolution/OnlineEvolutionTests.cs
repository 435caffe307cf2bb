using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pixelis.Agents;
using Pixelis.Online.Audit;
using Pixelis.Online.Health;
using Pixelis.Online.State;
using Pixelis.Online.Updates;
using Pixelis.TestKit;
using UpdateOutcome = Pixelis.Online.Updates.UpdateOutcome;

namespace Pixelis.Online.Tests.Evolution;

/// <summary>The whole, with real episodes of a real model: what is answered is remembered, learnt, published, and there after a restart.</summary>
public sealed class OnlineEvolutionTests
{
    [Fact]
    public async Task Answers_are_learnt_from_and_a_version_answers_that_knows_what_made_it()
    {
        using var small = new SmallEvolution();
        var answers = new List<OnlineAnswer>();
        string served;
        await using (OnlineEvolution evolution = small.Open())
        {
            for (int i = 0; i < 8; i++)
                answers.Add(await evolution.AskAsync(SmallEvolution.Ask(i)));
            await evolution.StopAsync(learnsWhatWaits: true);
            served = evolution.Versions.Serving!.Id;
            Assert.Equal("v000001", answers[0].PolicyVersion);
            Assert.True(served != "v000001", string.Join("\n", (await evolution.State.ReadAsync()).Updates.Select(u => u.Outcome + ": " + u.Reason).Concat(answers.Select(a => a.Use + ": " + a.Text + " | " + a.Gates.Reason))));
            Assert.Equal(HealthState.Healthy, (await evolution.Health.CheckAsync()).State);

            long[] queued = [.. answers.Where(a => a.Use == AnswerUse.Queued).Select(a => a.Experience!.Value)];
            long[] learnt = [.. evolution.Versions.Versions.SelectMany(v => v.Experiences)];
            Assert.NotEmpty(learnt);
            Assert.Subset(queued.ToHashSet(), learnt.ToHashSet());
            Assert.Equal(evolution.Versions.Serving.Experiences, await evolution.Experiences.ExperiencesOfAsync(served));
            OnlineSnapshot state = await evolution.State.ReadAsync();
            Assert.Equal((served, 8L, 8), (state.ServedVersion, state.Experiences, state.Answers.Count));
            Assert.Contains(state.Answers, a => a.Use == AnswerUse.Learnt);
            Assert.Contains(state.Updates, u => u.Outcome == Pixelis.Online.State.UpdateOutcome.Applied && u.Version is not null);

            OnlineAnswer after = await evolution.AskAsync(SmallEvolution.Ask(99));
            Assert.Equal((served, AnswerUse.Collected), (after.PolicyVersion, after.Use)); // it answers and remembers, and learns no more
        }
        Assert.All(answers, a => Assert.All(a.Episodes, e => Assert.Equal(e.TokenIds.Count, e.LogProbabilities.Count)));

        await using OnlineEvolution again = small.Open();
        OnlineAnswer next = await again.AskAsync(SmallEvolution.Ask(3, seed: 2));
        Assert.Equal(served, next.PolicyVersion);
        Assert.Equal(10, await again.Experiences.CountAsync());
        ReadOnlyMemory<float> place = (await again.Experiences.FindAsync(next.Experience!.Value))!.Embedding;
        IReadOnlyList<Neighbor> nearest = await again.Experiences.FindNearestAsync(place, 2, "default");
        Neighbor same = Assert.Single(nearest, n => n.Experience.Id == answers[3].Experience); // asked before, and known by the model's own states
        Assert.InRange(same.Similarity, 0.999, 1.001);
    }

    [Fact]
    public async Task What_waited_when_it_ended_is_learnt_after_the_next_start()
    {
        using var small = new SmallEvolution();
        var queued = new List<long>();
        await using (OnlineEvolution ended = small.Open(o => (o.Objective, o.PublishEvery) = (ObjectiveKind.WeightedSft, 1000)))
        {
            for (int i = 0; i < 5; i++)
            {
                OnlineAnswer answer = await ended.AskAsync(SmallEvolution.Ask(i));
                if (answer.Use == AnswerUse.Queued)
                    queued.Add(answer.Experience!.Value);
            }
            await ended.StopAsync(); // how many were learnt until here is chance
        }
        Assert.NotEmpty(queued);
        using (ExperienceReader reader = ExperienceReader.Open(new OnlineFolder(small.Folder).Experiences))
            Assert.Empty(queued.Except(reader.Pending()).Except(reader.Versions().SelectMany(reader.ExperiencesOf)));

        await using OnlineEvolution next = small.Open(o => (o.Objective, o.PublishEvery) = (ObjectiveKind.WeightedSft, 1000));
        await next.Experiences.SetPendingAsync(queued, true); // as if it had been killed before the first update
        var learnt = new System.Collections.Concurrent.ConcurrentQueue<UpdateTask>();
        next.Updated += outcome => outcome.Tasks.ToList().ForEach(learnt.Enqueue);
        await next.StartAsync();
        await next.CatchUpAsync(CancellationToken.None);
        await next.StopAsync(learnsWhatWaits: true);
        Assert.Equal(queued, learnt.SelectMany(t => t.Experiences));
        Assert.Empty(await next.Experiences.PendingAsync());
    }

    [Fact]
    public async Task Whole_weights_are_learnt_published_there_after_a_restart_and_put_back()
    {
        using var small = new SmallEvolution();
        float[] own = small.Weights();
        string served;
        int[] begun;
        await using (OnlineEvolution evolution = small.OpenWhole())
        {
            begun = [.. (await evolution.AskAsync(SmallEvolution.Ask(0))).Trajectory.TokenIds];
            for (int i = 1; i < 4; i++)
                await evolution.AskAsync(SmallEvolution.Ask(i));
            await evolution.StopAsync(learnsWhatWaits: true);
            PolicyVersion version = evolution.Versions.Serving!;
            Assert.NotEqual("v000001", served = version.Id);
            Assert.NotEmpty(version.Experiences);
            Assert.True(File.Exists(Path.Combine(version.WeightsFolder, "parameters.safetensors")));
            Assert.NotEqual(
                File.ReadAllBytes(Path.Combine(small.Folder, "versions", "v000001", "weights", "parameters.safetensors")),
                File.ReadAllBytes(Path.Combine(version.WeightsFolder, "parameters.safetensors")));
            Assert.Equal(served, (await evolution.AskAsync(SmallEvolution.Ask(7))).PolicyVersion);
        }
        Assert.Equal(own, small.Weights()); // the agent's own are as they were

        await using OnlineEvolution again = small.OpenWhole(o => o.Mode = OnlineMode.ReadOnly);
        Assert.Equal(served, (await again.AskAsync(SmallEvolution.Ask(0))).PolicyVersion);
        await again.Worker.RollbackAsync("v000001");
        OnlineAnswer back = await again.AskAsync(SmallEvolution.Ask(0));
        Assert.Equal("v000001", back.PolicyVersion);
        Assert.Contains(back.Episodes, e => e.TokenIds.SequenceEqual(begun));
    }

    [Fact]
    public async Task What_cannot_be_put_together_lets_go_of_the_folder()
    {
        using var small = new SmallEvolution();
        var twice = new Pixelis.Rewards.CompositeReward([new Pixelis.Rewards.RewardPart(new AgreementReward("x"), 1)]);
        Assert.Contains("named 'agreement'", Assert.Throws<PixelisException>(() => small.Open(o => o.Rewards = twice)).Message, StringComparison.Ordinal);
        Assert.Contains("no use for them", Assert.Throws<PixelisException>(() => small.Open(o => (o.Rewards, o.Objective) = (twice, ObjectiveKind.WeightedSft))).Message, StringComparison.Ordinal);
        await using OnlineEvolution free = small.Open();
        Assert.Equal(0, await free.Experiences.CountAsync());
    }

    [Fact]
    public async Task Nothing_personal_reaches_any_file()
    {
        string[] personal = ["ann.smith@example.org", "+44 20 7946 0958", "4111 1111 1111 1111", "Annabelle", "192.0.2.77"];
        using var small = new SmallEvolution();
        await using (OnlineEvolution evolution = small.Open(o =>
        {
            o.ReviewShare = 1;
            o.Privacy = new Pixelis.Online.Privacy.PiiOptions { Names = ["Annabelle"] };
        }))
        {
            var ask = new AgentRequest($"Does {personal[0]} or {personal[3]} call {personal[1]} from {personal[4]}, and pay with {personal[2]}?", [new ImagePart(Examples.Picture(1, 56, 56))])
            {
                TrajectoryId = $"request of {personal[0]}", SystemPrompt = $"You work for {personal[3]}.", Paths = new Dictionary<int, string> { [1] = $"/home/{personal[3]}/a.png" },
            };
            OnlineAnswer answer = await evolution.AskAsync(new OnlineRequest(ask) { Subject = personal[3], Provenance = $"mail of {personal[0]}" });
            Assert.Equal(AnswerUse.InReview, answer.Use);
            Assert.Empty(answer.Failures);
            Assert.True(await evolution.Feedback.TakeAsync(new AnswerFeedback { TraceId = answer.TraceId, IsCorrect = false, Correction = $"Ask {personal[0]}" }));
        }
        string[] files = Directory.GetFiles(small.Folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => f.EndsWith(".db", StringComparison.Ordinal));
        foreach (string file in files)
        {
            byte[] bytes = await File.ReadAllBytesAsync(file);
            foreach (string secret in personal)
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{file} holds '{secret}'");
        }
        Assert.Contains(files, f => File.ReadAllBytes(f).AsSpan().IndexOf("[EMAIL:"u8) >= 0); // it was looked at what was stored
    }

    [Fact]
    public async Task A_person_is_forgotten_and_the_versions_that_learnt_are_named()
    {
        using var small = new SmallEvolution();
        await using OnlineEvolution evolution = small.Open(o => (o.Objective, o.PublishEvery) = (ObjectiveKind.WeightedSft, 1));
        await evolution.AskAsync(SmallEvolution.Ask(0));
        var learnt = new List<long>();
        for (int i = 1; i < 6; i++)
        {
            OnlineAnswer answer = await evolution.AskAsync(SmallEvolution.Ask(i) with { Subject = "Ann" });
            if (answer.Use == AnswerUse.Queued)
                learnt.Add(answer.Experience!.Value);
        }
        await evolution.StopAsync(learnsWhatWaits: true);
        Assert.NotEmpty(learnt);
        Erasure erased = await evolution.EraseAsync(" ann ");
        Assert.Equal(5, erased.Experiences.Count);
        Assert.Contains(evolution.Versions.Serving!.Id, erased.Versions);
        Assert.Equal(1, await evolution.Experiences.CountAsync());
    }

    [Fact]
    public async Task Two_hundred_requests_at_the_same_time()
    {
        using var small = new SmallEvolution();
        await using OnlineEvolution evolution = small.Open(o => (o.Mode, o.Episodes) = (OnlineMode.Learning, 2));
        OnlineAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => evolution.AskAsync(SmallEvolution.Ask(i % 20, (ulong)i + 1))));
        Assert.Equal(200, answers.Select(a => a.Experience).Distinct().Count());
        Assert.Equal(200, answers.Select(a => a.TraceId).Distinct().Count());
        Assert.All(answers, a => Assert.Empty(a.Failures));
        Assert.Equal(200, await evolution.Experiences.CountAsync());
        await evolution.DisposeAsync();
        string log = string.Concat(Directory.GetFiles(Path.Combine(small.Folder, "audit"), "*.jsonl").Select(File.ReadAllText));
        Assert.Equal(200, log.Split("\"online-agent\"").Length - 1);
        AuditReport report = AuditVerifier.Verify(Path.Combine(small.Folder, "audit"), AuditKey.Read(Path.Combine(small.Folder, "keys", "audit.key")));
        Assert.Null(report.Break);
    }

    [Fact]
    public async Task What_a_reviewer_decides_is_the_label_and_is_learnt_from_fresh_episodes()
    {
        using var small = new SmallEvolution();
        await using OnlineEvolution evolution = small.Open(o => (o.ReviewShare, o.Objective, o.PublishEvery) = (1, ObjectiveKind.WeightedSft, 1));
        var updates = new TaskCompletionSource<UpdateOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        evolution.Updated += o => updates.TrySetResult(o);
        OnlineAnswer answer = await evolution.AskAsync(SmallEvolution.Ask(1));
        Assert.Equal((AnswerUse.InReview, 0), (answer.Use, evolution.Updates.Waiting));
        ReviewItem item = Assert.Single(await evolution.Reviews.ListAsync());
        await evolution.Reviews.CorrectAsync(item.Id, "reviewer", "42");
        UpdateOutcome outcome = await updates.Task.WaitAsync(TimeSpan.FromMinutes(3));
        UpdateTask task = Assert.Single(outcome.Tasks);
        Assert.Equal((answer.Experience!.Value, "42", 1.0), (Assert.Single(task.Experiences), task.Label, task.Confidence));
        Assert.DoesNotContain(task.Episodes, e => answer.Episodes.Any(old => old.Id == e.Id));
        Assert.All(task.Episodes, e => Assert.Contains(e.Media, m => m.Origin == "question")); // it looked at the picture again
        Experience kept = (await evolution.Experiences.FindAsync(answer.Experience.Value))!;
        Assert.Equal(("42", LabelSource.Person, 1.0), (kept.Label, kept.LabelSource, kept.Confidence));
        string log = string.Concat(Directory.GetFiles(Path.Combine(small.Folder, "audit"), "*.jsonl").Select(File.ReadAllText));
        Assert.Contains("\"review\"", log, StringComparison.Ordinal); // on record before it was learnt from
    }

    [Fact]
    public async Task A_user_s_word_is_a_label_but_no_reviewer_s()
    {
        using var small = new SmallEvolution();
        await using OnlineEvolution evolution = small.Open();
        OnlineAnswer answer = await evolution.AskAsync(SmallEvolution.Ask(1));
        long id = answer.Experience!.Value;
        Assert.False(await evolution.Feedback.TakeAsync(new AnswerFeedback { TraceId = "nobody", IsCorrect = true }));
        Assert.True(await evolution.Feedback.TakeAsync(new AnswerFeedback { TraceId = answer.TraceId, IsCorrect = false, Correction = "seven, says bob@example.org" }));
        Experience corrected = (await evolution.Experiences.FindAsync(id))!;
        Assert.Equal((LabelSource.Person, 0.8), (corrected.LabelSource, corrected.Confidence));
        Assert.StartsWith("seven, says [EMAIL", corrected.Label, StringComparison.Ordinal);

        Assert.True(await evolution.Feedback.TakeAsync(new AnswerFeedback { TraceId = answer.TraceId, IsCorrect = false }));
        Experience doubted = (await evolution.Experiences.FindAsync(id))!;
        Assert.Equal((null, LabelSource.None, 0.0), (doubted.Label, doubted.LabelSource, doubted.Confidence));
        ReviewItem item = Assert.Single(await evolution.Reviews.ListAsync());
        Assert.Equal((id, ReviewCause.Requested), (item.Request.Experience, item.Request.Cause));

        await evolution.Experiences.RelabelAsync(id, "8", LabelSource.Person, 1, 1);
        Assert.True(await evolution.Feedback.TakeAsync(new AnswerFeedback { TraceId = answer.TraceId, IsCorrect = false, Correction = "9" }));
        Assert.Equal("8", (await evolution.Experiences.FindAsync(id))!.Label); // a reviewer's stands
    }

    [Fact]
    public async Task Shadow_learns_and_goes_on_serving_what_it_began_with_and_read_only_keeps_nothing()
    {
        using var small = new SmallEvolution();
        await using (OnlineEvolution shadow = small.Open(o => o.Mode = OnlineMode.Shadow))
        {
            for (int i = 0; i < 6; i++)
                Assert.Equal("v000001", (await shadow.AskAsync(SmallEvolution.Ask(i))).PolicyVersion);
            await shadow.StopAsync(learnsWhatWaits: true);
            Assert.Equal("v000001", shadow.Versions.Serving!.Id);
            Assert.NotEqual("v000001", shadow.Versions.Learning!.Id);
        }
        await using OnlineEvolution still = small.Open(o => o.Mode = OnlineMode.ReadOnly);
        OnlineAnswer answer = await still.AskAsync(SmallEvolution.Ask(1, seed: 5));
        Assert.Equal((AnswerUse.None, 6L), (answer.Use, await still.Experiences.CountAsync()));
        Assert.Contains(answer.Consensus.Votes, v => v.Ballot.Source == VoteSource.Neighbor);
    }

    [Fact]
    public async Task The_builder_makes_the_whole_and_refuses_what_cannot_work()
    {
        using var small = new SmallEvolution();
        Assert.Contains("Folder is not set", Refused(o => o.Folder = null), StringComparison.Ordinal);
        Assert.Contains("TTRL compares", Refused(o => o.Episodes = 1), StringComparison.Ordinal);
        Assert.Contains("Confidence is 1.5", Refused(o => o.Confidence = 1.5), StringComparison.Ordinal);
        Assert.Contains("LoraRank is 0", Refused(o => o.LoraRank = 0), StringComparison.Ordinal);
        Assert.Contains("Temperature is 0", Refused(o => o.Temperature = 0), StringComparison.Ordinal);
        Assert.Contains("KlLimit is -1", Refused(o => o.Safety = new UpdateSafetyOptions { KlLimit = -1 }), StringComparison.Ordinal);
        Assert.False(Directory.Exists(small.Folder)); // nothing was made

        await using PixelisAgent remote = PixelisAgent.Create().WithModel(new Answering.Voice((_, _) => "x")).Build();
        Assert.Contains("no local model", Assert.Throws<PixelisException>(() => OnlineEvolution.Create(remote, small.Options())).Message, StringComparison.Ordinal);

        await using OnlineEvolution built = PixelisAgent.Create().WithModel(small.Model).WithOnlineEvolution(o => (o.Folder, o.ColdStart, o.LoraRank) = (small.Folder, 0, 4)).Build();
        Assert.Throws<ExperienceStoreException>(() => small.Open()); // one process writes to a folder
        Assert.Equal("v000001", (await built.AskAsync(OnlineRequest.Of("Say something."))).PolicyVersion);

        string Refused(Action<OnlineEvolutionOptions> change) => Assert.Throws<PixelisException>(() => small.Open(change)).Message;
    }

    [Fact]
    public async Task A_service_collection_starts_and_stops_it_with_the_host()
    {
        using var small = new SmallEvolution();
        var services = new ServiceCollection();
        services.AddPixelis(o => o.ModelFactory = _ => small.Model.ShareWeights());
        services.AddPixelisOnline(o => (o.Folder, o.LoraRank, o.ColdStart) = (small.Folder, 4, 0));
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            Microsoft.Extensions.Hosting.IHostedService[] hosted = [.. provider.GetServices<Microsoft.Extensions.Hosting.IHostedService>()];
            foreach (Microsoft.Extensions.Hosting.IHostedService service in hosted)
                await service.StartAsync(CancellationToken.None);
            OnlineAnswer answer = await provider.GetRequiredService<OnlineAgent>().AskAsync(OnlineRequest.Of("Say something."));
            Assert.Equal("v000001", answer.PolicyVersion);
            Assert.NotNull(provider.GetRequiredService<IReviewQueue>());
            Assert.Equal(1, (await provider.GetRequiredService<IOnlineState>().ReadAsync()).Experiences);
            Assert.NotNull(provider.GetRequiredService<IFeedbackSink>());
            Assert.Equal(HealthState.Healthy, (await provider.GetRequiredService<HealthMonitor>().CheckAsync()).State);
            foreach (Microsoft.Extensions.Hosting.IHostedService service in hosted)
                await service.StopAsync(CancellationToken.None);
        }
        await using (OnlineEvolution free = small.Open()) // everything was let go of
            Assert.Equal(1, await free.Experiences.CountAsync());

        var wrong = new ServiceCollection();
        wrong.AddPixelis(o => o.ModelFactory = _ => small.Model.ShareWeights());
        wrong.AddPixelisOnline(o => o.Folder = "");
        await using ServiceProvider refused = wrong.BuildServiceProvider();
        Assert.Contains("Pixelis online: Folder is not set", Assert.ThrowsAny<Exception>(refused.GetRequiredService<OnlineAgent>).Message, StringComparison.Ordinal);
    }
}
