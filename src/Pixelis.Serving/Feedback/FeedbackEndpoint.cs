using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pixelis.Online;
using Pixelis.Serving.Errors;
using Pixelis.Serving.Live;

namespace Pixelis.Serving.Feedback;

/// <summary><c>POST /v1/feedback</c>: what somebody who got an answer says about it.</summary>
internal sealed class FeedbackEndpoint(JsonBody body, AnswerLog log, IServiceProvider services)
{
    private const int LongestId = 200, LongestCorrection = 4000;

    public async Task HandleAsync(HttpContext http)
    {
        if (services.GetService(typeof(IFeedbackSink)) is not IFeedbackSink sink)
            throw new ApiException(404, "This server takes no feedback: it does not learn while it serves.", code: "feedback_off");
        AnswerFeedback feedback = await ReadAsync(http);
        if (!await sink.TakeAsync(feedback, http.RequestAborted))
            throw new ApiException(404, "No answer of that trace is known (any more).", "trace_id", "trace_not_found");
        string verdict = feedback.Correction is not null ? "corrected" : feedback.IsCorrect ? "correct" : "incorrect";
        log.Judge(feedback.TraceId, verdict);
        await JsonResponse.WriteAsync(http, new FeedbackDocument(feedback.TraceId, verdict, Taken: true), ServingJson.Default.FeedbackDocument);
    }

    private async Task<AnswerFeedback> ReadAsync(HttpContext http)
    {
        using JsonDocument document = await body.ReadAsync(http);
        var fields = new JsonFields(document.RootElement);
        fields.RefuseOthers(["trace_id", "verdict", "correction"]);
        string trace = fields.RequiredText("trace_id"), verdict = fields.RequiredText("verdict");
        string? correction = fields.Text("correction")?.Trim() is { Length: > 0 } text ? text : null;
        if (trace.Length > LongestId)
            throw ApiException.Invalid($"'trace_id' is longer than {LongestId} characters; the header {Chat.ChatEndpoint.TraceHeader} of the answer has it.", "trace_id", "invalid_value");
        if (verdict is not ("correct" or "incorrect"))
            throw ApiException.Invalid("'verdict' must be correct or incorrect.", "verdict", "invalid_value");
        if (correction is not null && verdict == "correct")
            throw ApiException.Invalid("A correct answer has no 'correction'.", "correction", "invalid_value");
        if (correction?.Length > LongestCorrection)
            throw ApiException.Invalid($"'correction' is longer than {LongestCorrection} characters.", "correction", "invalid_value");
        return new AnswerFeedback { TraceId = trace, IsCorrect = verdict == "correct", Correction = correction };
    }
}
