using System.Text.Json.Serialization;

namespace Pixelis.Cli.Doctor;

/// <summary>How a finding bears on whether Pixelis works here.</summary>
internal enum FindingState
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Worth knowing; nothing to do.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>Pixelis works, but slower or with less.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Pixelis cannot do its main job.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,
}
