using System.Text.Json.Serialization;
using Pixelis.Serving.Chat;
using Pixelis.Serving.Errors;
using Pixelis.Serving.Feedback;
using Pixelis.Serving.Health;
using Pixelis.Serving.Live;
using Pixelis.Serving.Models;
using Pixelis.Serving.Review;

namespace Pixelis.Serving;

/// <summary>How the server's documents look in JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CompletionDocument))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(FeedbackDocument))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(LiveStateDocument))]
[JsonSerializable(typeof(ModelDocument))]
[JsonSerializable(typeof(ModelListDocument))]
[JsonSerializable(typeof(ReviewPageDocument))]
[JsonSerializable(typeof(ReviewItemDocument))]
[JsonSerializable(typeof(ReviewDecisionDocument))]
internal sealed partial class ServingJson : JsonSerializerContext;
