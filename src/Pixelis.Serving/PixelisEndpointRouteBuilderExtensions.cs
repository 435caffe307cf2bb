using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pixelis.Serving;
using Pixelis.Serving.Access;
using Pixelis.Serving.Chat;
using Pixelis.Serving.Errors;
using Pixelis.Serving.Feedback;
using Pixelis.Serving.Health;
using Pixelis.Serving.Live;
using Pixelis.Serving.Models;
using Pixelis.Serving.Review;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of a served agent.</summary>
public static class PixelisEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps everything that <c>AddPixelisServing</c> added: <c>POST /v1/chat/completions</c>, <c>/v1/models</c>, <c>POST /v1/feedback</c>,
    /// <c>/v1/review</c>, <c>/v1/online/state</c>, <c>/events</c>, <c>/health</c>, <c>/metrics</c> and the live page at <c>/</c>. Keys and limits are those of
    /// <see cref="PixelisServingOptions"/>, whatever else is in the pipeline. Within a group (<c>app.MapGroup("/agent").MapPixelis()</c>) all of it lies
    /// under the group's prefix.
    /// </summary>
    /// <param name="endpoints">Where they are mapped.</param>
    /// <returns>For conventions that shall hold for all of them.</returns>
    /// <exception cref="InvalidOperationException"><c>AddPixelisServing</c> was not called.</exception>
    public static IEndpointConventionBuilder MapPixelis(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        IServiceProvider services = endpoints.ServiceProvider;
        AccessGuard guard = services.GetService<AccessGuard>() ?? throw new InvalidOperationException("Call services.AddPixelisServing() before MapPixelis().");
        RouteGroupBuilder group = endpoints.MapGroup("");
        MapAsking(group, services, guard);
        MapReview(group, services.GetRequiredService<ReviewEndpoint>(), guard);
        MapWatching(group, services, guard);
        // Whatever else is under /v1 is answered as OpenAI's clients expect it.
        group.Map("/v1/{**rest}", guard.Guard("/v1/{**rest}", http =>
            throw new ApiException(404, $"There is no {http.Request.Method} at this address; see GET /v1/models and POST /v1/chat/completions.", code: "unknown_url")));
        return group;
    }

    private static void MapAsking(RouteGroupBuilder group, IServiceProvider services, AccessGuard guard)
    {
        Post(group, guard, "/v1/chat/completions", services.GetRequiredService<ChatEndpoint>().HandleAsync);
        Post(group, guard, "/v1/feedback", services.GetRequiredService<FeedbackEndpoint>().HandleAsync);
        ModelsEndpoint models = services.GetRequiredService<ModelsEndpoint>();
        Get(group, guard, "/v1/models", models.ListAsync);
        Get(group, guard, "/v1/models/{**id}", models.FindAsync);
    }

    private static void MapReview(RouteGroupBuilder group, ReviewEndpoint review, AccessGuard guard)
    {
        Get(group, guard, "/v1/review", review.ListAsync, tellsOfOthers: true);
        Get(group, guard, "/v1/review/{id}", review.FindAsync, tellsOfOthers: true);
        Post(group, guard, "/v1/review/{id}", review.DecideAsync, tellsOfOthers: true);
    }

    private static void MapWatching(RouteGroupBuilder group, IServiceProvider services, AccessGuard guard)
    {
        LiveEndpoint live = services.GetRequiredService<LiveEndpoint>();
        Get(group, guard, "/v1/online/state", live.StateAsync, tellsOfOthers: true);
        Get(group, guard, "/events", live.EventsAsync, tellsOfOthers: true);
        Get(group, guard, "/metrics", services.GetRequiredService<MetricsEndpoint>().HandleAsync, tellsOfOthers: true);
        group.MapGet("/health", guard.GuardOpen("/health", services.GetRequiredService<HealthEndpoint>().HandleAsync));
        LivePage page = services.GetRequiredService<LivePage>();
        group.MapGet("/", guard.GuardOpen("/", (http, _) => page.WriteAsync(http)));
    }

    private static void Get(RouteGroupBuilder group, AccessGuard guard, string route, RequestDelegate handler, bool tellsOfOthers = false) =>
        group.MapGet(route, guard.Guard(route, handler, tellsOfOthers));

    private static void Post(RouteGroupBuilder group, AccessGuard guard, string route, RequestDelegate handler, bool tellsOfOthers = false) =>
        group.MapPost(route, guard.Guard(route, handler, tellsOfOthers));
}
