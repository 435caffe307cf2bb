using Microsoft.AspNetCore.Http;
using Pixelis.Serving.Errors;

namespace Pixelis.Serving.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>.</summary>
internal sealed class ModelsEndpoint(ServingSettings settings)
{
    public Task ListAsync(HttpContext http) => JsonResponse.WriteAsync(http, new ModelListDocument("list", [Model]), ServingJson.Default.ModelListDocument);

    public Task FindAsync(HttpContext http) => settings.ModelId.Equals(http.Request.RouteValues["id"] as string, StringComparison.Ordinal)
        ? JsonResponse.WriteAsync(http, Model, ServingJson.Default.ModelDocument)
        : throw new ApiException(404, $"There is no such model here; this server has '{settings.ModelId}'.", "model", "model_not_found");

    private ModelDocument Model => new(settings.ModelId, "model", settings.StartedAt.ToUnixTimeSeconds(), "pixelis");
}
