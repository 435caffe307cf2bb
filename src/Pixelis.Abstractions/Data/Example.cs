using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Data;

/// <summary>
/// A task and its truth: a question about pictures or clips, the right answer, and where both come from. One JSON object; fields that
/// this version does not know are kept. Immutable but for <see cref="Extra"/>.
/// </summary>
public sealed record Example
{
    /// <summary>The version written by this library.</summary>
    public const string CurrentSchema = "pixelis.example/1";

    /// <summary>Format and version.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>A name that is unique in its dataset.</summary>
    public required string Id { get; init; }

    /// <summary>What is asked.</summary>
    public required string Question { get; init; }

    /// <summary>Pictures and clips, numbered from 1 in this order when an agent is asked.</summary>
    public IReadOnlyList<ExampleMedia> Media { get; init; } = [];

    /// <summary>The right answer.</summary>
    public required string Answer { get; init; }

    /// <summary>The kind of task, such as "spot"; evaluations report by it.</summary>
    public string Family { get; init; } = "";

    /// <summary>1 (easy) to 3 (hard); 0 when not known.</summary>
    public int Difficulty { get; init; }

    /// <summary>train, validation or test; empty when not divided.</summary>
    public string Split { get; init; } = "";

    /// <summary>What a generated example was drawn from; 0 when not generated.</summary>
    public ulong Seed { get; init; }

    /// <summary>Licence of question, answer and pictures as an SPDX expression; "unknown" when not stated.</summary>
    public string License { get; init; } = "unknown";

    /// <summary>Where the example comes from: a generator and its version, or a dataset and its item.</summary>
    public string Provenance { get; init; } = "";

    /// <summary>What is in the pictures, exactly; empty when not known.</summary>
    public IReadOnlyList<TruthObject> Truth { get; init; } = [];

    /// <summary>Fields of other versions and programs, kept as they were.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}
