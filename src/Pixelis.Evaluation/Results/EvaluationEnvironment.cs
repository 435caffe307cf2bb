using System.Reflection;
using System.Runtime.InteropServices;

namespace Pixelis.Evaluation;

/// <summary>Where and with what a result was made. Does not keep a run from being taken up again.</summary>
public sealed record EvaluationEnvironment
{
    /// <summary>Version of Pixelis.</summary>
    public required string Version { get; init; }

    /// <summary>The commit it was built from; null when not known.</summary>
    public string? Commit { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>The operating system.</summary>
    public required string System { get; init; }

    /// <summary>Logical processors.</summary>
    public required int Processors { get; init; }

    /// <summary>Episodes that ran at the same time. They share batches, so that sums of floating-point numbers may be rounded otherwise.</summary>
    public required int Concurrency { get; init; }

    /// <summary>When the run (of the last part, where it was taken up again) began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Versions of other libraries by name.</summary>
    public IReadOnlyDictionary<string, string> Libraries { get; init; } = new Dictionary<string, string>();

    /// <summary>This machine, now.</summary>
    public static EvaluationEnvironment Here(int concurrency)
    {
        string informational = typeof(EvaluationEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        string[] parts = informational.Split('+', 2);
        return new EvaluationEnvironment
        {
            Version = parts[0],
            Commit = parts.Length > 1 ? parts[1] : null,
            Runtime = RuntimeInformation.FrameworkDescription,
            System = RuntimeInformation.OSDescription,
            Processors = Environment.ProcessorCount,
            Concurrency = concurrency,
            StartedAt = DateTimeOffset.UtcNow,
        };
    }
}
