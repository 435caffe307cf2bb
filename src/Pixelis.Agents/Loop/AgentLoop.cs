using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Pixelis.Agents.Dialects;
using Pixelis.Generation;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Loop;

/// <summary>
/// One episode: ask, let the model take its turn, run the tools it calls, show it what they returned, until it answers or a limit ends it.
/// </summary>
internal sealed class AgentLoop(IVisionLanguageModel model, ToolRegistry tools, AgentDialect dialect, ILogger logger)
{
    /// <summary>
    /// Runs an episode. Only a question that the model cannot take throws; cancellation ends the episode with
    /// <see cref="EndReason.Cancelled"/>, and nothing a model writes or does, or a tool does, gets out.
    /// </summary>
    /// <param name="request">The question, with options and limits set.</param>
    /// <param name="observe">Receives every event in order; slow observers slow the episode.</param>
    /// <param name="cancellationToken">Ends the episode within one token.</param>
    public async Task<AgentAnswer> RunAsync(AgentRequest request, Func<AgentEvent, ValueTask> observe, CancellationToken cancellationToken)
    {
        AgentLimits limits = request.Limits!;
        request = request with { Question = WellFormedText.Of(request.Question), SystemPrompt = request.SystemPrompt is { } s ? WellFormedText.Of(s) : null };
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clock.CancelAfter(limits.MaxDuration);
        using IConversation conversation = model.StartConversation(tools.Announced);
        using var episode = new Episode(request, conversation, model, dialect, tools.Announced);
        if (request.Media.Count + request.History.Sum(m => m.Parts.Count(p => p is not TextPart)) > limits.MaxImages)
            episode.End(EndReason.ImageLimit);
        else
            episode.Ask(); // what is wrong with the question itself is the caller's to hear
        try
        {
            var dispatcher = new ToolDispatcher(tools, limits, logger);
            while (episode.EndReason is null)
                await StepAsync(episode, dispatcher, limits, observe, clock.Token);
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested)
        {
            episode.End(cancellationToken.IsCancellationRequested ? EndReason.Cancelled : EndReason.TimeLimit);
        }
        catch (ContextLengthException e)
        {
            episode.End(EndReason.TokenLimit, e.Message);
        }
        catch (Exception e)
        {
            if (e is not PixelisException)
                Telemetry.AgentLog.ModelFailed(logger, model.Name, e.GetType().FullName, e.StackTrace);
            episode.End(EndReason.Failed, e.Message);
        }
        AgentAnswer answer = episode.ToAnswer();
        await observe(new AnswerEvent { Turn = Math.Max(0, episode.ModelTurns - 1), Answer = answer });
        return answer;
    }

    private async Task StepAsync(
        Episode episode, ToolDispatcher dispatcher, AgentLimits limits, Func<AgentEvent, ValueTask> observe, CancellationToken cancellationToken)
    {
        if (episode.ModelTurns >= limits.MaxTurns)
        {
            episode.End(EndReason.TurnLimit);
            return;
        }
        long started = Stopwatch.GetTimestamp();
        GeneratedTurn turn = await GenerateAsync(episode, limits, observe, cancellationToken);
        IReadOnlyList<ParsedToolCall> calls = dialect.ReadCalls(turn.Text);
        if (calls.Count == 0)
        {
            episode.RecordAnswer(turn, Stopwatch.GetElapsedTime(started));
            return;
        }
        if (episode.ToolCalls + Math.Min(calls.Count, limits.MaxToolCallsPerTurn) > limits.MaxToolCalls)
        {
            episode.RecordTurn(turn, [], Stopwatch.GetElapsedTime(started));
            episode.End(EndReason.CallLimit);
            return;
        }
        await CallToolsAsync(episode, dispatcher, turn, Admit(calls, limits), limits, observe, started, cancellationToken);
    }

    private async Task<GeneratedTurn> GenerateAsync(Episode episode, AgentLimits limits, Func<AgentEvent, ValueTask> observe, CancellationToken cancellationToken)
    {
        GenerationOptions options = episode.OptionsForTurn(limits);
        await foreach (GeneratedToken token in episode.Conversation.GenerateAsync(options, cancellationToken))
        {
            episode.Heard(token);
            await observe(new TokenEvent { Turn = episode.ModelTurns, Token = token });
        }
        GeneratedTurn turn = episode.Conversation.LastTurn ?? throw new PixelisException($"{model.Name} ended its turn without producing one.");
        return turn with { Text = WellFormedText.Of(turn.Text) };
    }

    private static async Task CallToolsAsync(
        Episode episode, ToolDispatcher dispatcher, GeneratedTurn turn, IReadOnlyList<ParsedToolCall> calls, AgentLimits limits,
        Func<AgentEvent, ValueTask> observe, long started, CancellationToken cancellationToken)
    {
        foreach (ParsedToolCall call in calls)
        {
            if (call.Call is { } readable)
                await observe(new ToolCallEvent { Turn = episode.ModelTurns, Call = readable });
        }
        IReadOnlyList<ToolDispatcher.Outcome> outcomes = await dispatcher.RunAsync(calls, episode.ToolContext(), cancellationToken);
        int images = episode.Inputs.All.Count + outcomes.Sum(o => o.Result.Images.Count);
        if (images > limits.MaxImages)
        {
            // The pictures over the limit were never shown, so they get no number.
            episode.RecordTurn(turn, [.. outcomes.Select(o => o with { Result = o.Result with { Images = [] } })], Stopwatch.GetElapsedTime(started));
            episode.End(EndReason.ImageLimit);
            return;
        }
        episode.RecordTurn(turn, outcomes, Stopwatch.GetElapsedTime(started));
        foreach (AgentDialect.Observation o in episode.Observe(outcomes))
        {
            await observe(new ObservationEvent
            {
                Turn = episode.ModelTurns - 1,
                Call = o.Call,
                Result = o.Result,
                ImageNumbers = [.. o.Added.Select(i => i.Number)],
            });
        }
    }

    private static IReadOnlyList<ParsedToolCall> Admit(IReadOnlyList<ParsedToolCall> calls, AgentLimits limits) =>
        calls.Count <= limits.MaxToolCallsPerTurn
            ? calls
            : [.. calls.Take(limits.MaxToolCallsPerTurn), ParsedToolCall.Malformed(
                $"Only {limits.MaxToolCallsPerTurn} calls a turn are run; the other {calls.Count - limits.MaxToolCallsPerTurn} were not. Make them in the next turn.")];
}
