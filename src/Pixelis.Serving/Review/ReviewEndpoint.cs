using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pixelis.Online;
using Pixelis.Serving.Errors;

namespace Pixelis.Serving.Review;

/// <summary><c>GET /v1/review</c>, <c>GET /v1/review/{id}</c> and <c>POST /v1/review/{id}</c> over the review queue.</summary>
internal sealed class ReviewEndpoint(JsonBody body, IServiceProvider services)
{
    private const int LongestName = 200, LongestText = 4000;

    public async Task ListAsync(HttpContext http)
    {
        IReviewQueue queue = Queue();
        IQueryCollection query = http.Request.Query;
        int limit = (int)Number(query, "limit", 50, 1, 500);
        var filter = new ReviewFilter
        {
            After = Number(query, "after", 0, 0, long.MaxValue),
            Count = limit + 1,
            Tenant = query["tenant"].FirstOrDefault(),
            Decided = query["decided"].FirstOrDefault() switch
            {
                null or "false" => false,
                "true" => true,
                "any" => null,
                _ => throw ApiException.Invalid("'decided' must be true, false or any.", "decided", "invalid_value"),
            },
        };
        IReadOnlyList<ReviewItem> items = await queue.ListAsync(filter, http.RequestAborted);
        await JsonResponse.WriteAsync(
            http, new ReviewPageDocument("list", [.. items.Take(limit).Select(ReviewItemDocument.Of)], items.Count > limit), ServingJson.Default.ReviewPageDocument);
    }

    public async Task FindAsync(HttpContext http) => await JsonResponse.WriteAsync(
        http, ReviewItemDocument.Of(await FindAsync(Queue(), http)), ServingJson.Default.ReviewItemDocument);

    public async Task DecideAsync(HttpContext http)
    {
        IReviewQueue queue = Queue();
        using JsonDocument document = await body.ReadAsync(http);
        var fields = new JsonFields(document.RootElement);
        fields.RefuseOthers(["decision", "reviewer", "answer", "reason"]);
        string reviewer = Text(fields, "reviewer", LongestName, isRequired: true)!;
        string? answer = Text(fields, "answer", LongestText), reason = Text(fields, "reason", LongestText);
        long id = (await FindAsync(queue, http)).Id;
        try
        {
            ReviewDecision decision = fields.RequiredText("decision") switch
            {
                "approve" => await queue.ApproveAsync(id, reviewer, http.RequestAborted),
                "correct" => await queue.CorrectAsync(id, reviewer, answer ?? throw Missing("answer", "a correction says what is right"), reason, http.RequestAborted),
                "reject" => await queue.RejectAsync(id, reviewer, reason ?? throw Missing("reason", "a rejection says why"), http.RequestAborted),
                _ => throw ApiException.Invalid("'decision' must be approve, correct or reject.", "decision", "invalid_value"),
            };
            await JsonResponse.WriteAsync(http, ReviewDecisionDocument.Of(decision), ServingJson.Default.ReviewDecisionDocument);
        }
        catch (ReviewConflictException e)
        {
            throw new ApiException(409, e.Message, code: "review_conflict");
        }
    }

    private IReviewQueue Queue() => services.GetService(typeof(IReviewQueue)) as IReviewQueue
        ?? throw new ApiException(404, "This server has no review queue: it does not learn while it serves.", code: "review_off");

    private static async Task<ReviewItem> FindAsync(IReviewQueue queue, HttpContext http)
    {
        bool isNumber = long.TryParse(http.Request.RouteValues["id"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out long id);
        return (isNumber ? await queue.FindAsync(id, http.RequestAborted) : null)
            ?? throw new ApiException(404, "There is no such review item.", "id", "review_not_found");
    }

    private static ApiException Missing(string name, string why) => ApiException.Invalid($"'{name}' is missing: {why}.", name, "missing_required_parameter");

    private static string? Text(JsonFields fields, string name, int longest, bool isRequired = false)
    {
        string? text = fields.Text(name)?.Trim();
        if (text?.Length > longest)
            throw ApiException.Invalid($"'{name}' is longer than {longest} characters.", name, "invalid_value");
        return text is { Length: > 0 } ? text : isRequired ? throw ApiException.Invalid($"'{name}' is missing.", name, "missing_required_parameter") : null;
    }

    private static long Number(IQueryCollection query, string name, long otherwise, long least, long most)
    {
        if (query[name].FirstOrDefault() is not { } text)
            return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? number
            : throw ApiException.Invalid($"'{name}' must be an integer from {least} to {most}.", name, "invalid_value");
    }
}
