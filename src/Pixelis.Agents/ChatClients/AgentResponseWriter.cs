using System.Text.Json;
using Microsoft.Extensions.AI;
using Pixelis.Agents.Telemetry;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents.ChatClients;

/// <summary>Writes an agent's answer as a whole chat response.</summary>
internal static class AgentResponseWriter
{
    public static ChatResponse Whole(AgentAnswer answer)
    {
        Trajectory trajectory = answer.Trajectory;
        var messages = new List<ChatMessage>();
        TrajectoryTurn[] turns = [.. EpisodeUsage.Turns(trajectory)];
        for (int i = 0; i < turns.Length - 1; i++)
            AddTurn(messages, trajectory, turns, i, []);
        AIContent[] final = answer.Text.Length > 0 ? [new TextContent(answer.Text)] : [];
        if (turns.Length > 0 && turns[^1].Invocations.Count > 0) // a limit ended the episode after calls: the answer follows them
            AddTurn(messages, trajectory, turns, turns.Length - 1, []);
        messages.Add(new ChatMessage(ChatRole.Assistant, [.. Thoughts(turns), .. final])
        {
            RawRepresentation = answer,
            MessageId = MessageId(trajectory, turns.Length - 1),
            AdditionalProperties = Properties(answer),
        });
        return new ChatResponse(messages)
        {
            ResponseId = trajectory.Id,
            ModelId = trajectory.Model,
            CreatedAt = trajectory.StartedAt,
            FinishReason = Finish(answer.EndReason),
            Usage = EpisodeUsage.Of(trajectory),
            RawRepresentation = answer,
            AdditionalProperties = Properties(answer),
        };
    }

    public static AdditionalPropertiesDictionary Properties(AgentAnswer answer) =>
        new() { [PixelisAgentChatClientExtensions.TrajectoryProperty] = answer.Trajectory };

    public static ChatFinishReason Finish(EndReason reason) => reason switch
    {
        EndReason.Answered => ChatFinishReason.Stop,
        EndReason.TokenLimit => ChatFinishReason.Length,
        _ => new ChatFinishReason(EndReasonNames.Of(reason)),
    };

    /// <summary>A call that the agent has run or will run itself.</summary>
    public static FunctionCallContent Call(ToolCall call, string id)
    {
        Dictionary<string, object?>? arguments = call.Arguments.ValueKind == JsonValueKind.Object
            ? call.Arguments.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => (object?)p.Value)
            : null;
        return new FunctionCallContent(id, call.Name, arguments) { InformationalOnly = true, RawRepresentation = call };
    }

    // What the model thought before its answer; the rest of the last turn is the answer itself, or wraps it.
    private static IEnumerable<AIContent> Thoughts(TrajectoryTurn[] turns) =>
        turns.Length == 0 || turns[^1].Invocations.Count > 0 ? [] : Split(turns[^1].Text).OfType<TextReasoningContent>();

    private static void AddTurn(List<ChatMessage> messages, Trajectory trajectory, TrajectoryTurn[] turns, int index, List<AIContent> contents)
    {
        TrajectoryTurn turn = turns[index];
        contents.AddRange(Split(turn.Text).Select(c => c is TextContent text ? new TextReasoningContent(text.Text) : c));
        var results = new List<AIContent>();
        for (int i = 0; i < turn.Invocations.Count; i++)
        {
            ToolInvocation invocation = turn.Invocations[i];
            string id = $"call_{index}_{i}";
            if (invocation.Call.Name.Length == 0)
                continue; // it could not be read: there is no call to report
            contents.Add(Call(invocation.Call, id));
            results.Add(new FunctionResultContent(id, invocation.ResultText) { RawRepresentation = invocation });
        }
        messages.Add(new ChatMessage(ChatRole.Assistant, contents) { MessageId = MessageId(trajectory, index) });
        if (results.Count > 0)
            messages.Add(new ChatMessage(ChatRole.Tool, results) { MessageId = MessageId(trajectory, index) + "-results" });
    }

    private static IReadOnlyList<AIContent> Split(string text)
    {
        var filter = new TurnTextFilter();
        return [.. filter.Push(text), .. filter.End()];
    }

    private static string MessageId(Trajectory trajectory, int turn) => $"{trajectory.Id}-{Math.Max(0, turn)}";
}
