using System.Diagnostics;
using System.Runtime.CompilerServices;
using Pixelis.Generation;
using Pixelis.Tools;

namespace Pixelis.Agents.Telemetry;

/// <summary>A model whose turns are traced and counted.</summary>
internal sealed class TelemetryModel(IVisionLanguageModel inner, AgentTelemetry telemetry) : IVisionLanguageModel
{
    public string Name => inner.Name;

    public string PolicyVersion => inner.PolicyVersion;

    public int ContextLength => inner.ContextLength;

    public bool SeesImages => inner.SeesImages;

    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null) =>
        new Conversation(inner.StartConversation(tools), telemetry);

    public void Dispose() => inner.Dispose();

    private sealed class Conversation(IConversation inner, AgentTelemetry telemetry) : IConversation
    {
        public IReadOnlyList<ConversationToken> Tokens => inner.Tokens;

        public GeneratedTurn? LastTurn => inner.LastTurn;

        public IReadOnlyList<SeenSize> Append(Message message) => inner.Append(message);

        public IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, CancellationToken cancellationToken = default) =>
            AgentTelemetry.ListensToTurns ? TracedAsync(options, cancellationToken) : inner.GenerateAsync(options, cancellationToken);

        public void Dispose() => inner.Dispose();

        private async IAsyncEnumerable<GeneratedToken> TracedAsync(GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Activity? parent = Activity.Current, span = telemetry.StartTurn(options);
            long started = Stopwatch.GetTimestamp();
            int written = 0;
            string? error = "cancelled"; // what it is when the reader leaves before the end
            await using IAsyncEnumerator<GeneratedToken> tokens = inner.GenerateAsync(options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                while (true)
                {
                    try
                    {
                        if (!await tokens.MoveNextAsync())
                            break;
                    }
                    catch (Exception e)
                    {
                        error = AgentTelemetry.ErrorName(e);
                        throw;
                    }
                    written++;
                    Activity.Current = parent; // a reader's own spans are not children of the turn
                    yield return tokens.Current;
                    Activity.Current = span ?? parent;
                }
                error = null;
            }
            finally
            {
                End(span, written, started, error);
            }
        }

        private void End(Activity? span, int written, long started, string? error)
        {
            GeneratedTurn? turn = error is null ? inner.LastTurn : null;
            (long? input, long? output) = (inner.Tokens.Count - written, written);
            if (inner is ITokenCounts counts)
                (input, output) = (counts.InputTokens, counts.OutputTokens);
            telemetry.EndTurn(span, turn, input, output, Stopwatch.GetElapsedTime(started), error);
        }
    }
}
