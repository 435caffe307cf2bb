using Pixelis.Trajectories;

namespace Pixelis.Data;

/// <summary>
/// Fills in what a file left out. The generated readers of System.Text.Json set every init-only member, absent ones to null, so that the
/// defaults written in the records are lost.
/// </summary>
internal static class JsonDefaults
{
    public static Example Complete(Example example) => example with
    {
        Schema = example.Schema ?? Example.CurrentSchema,
        Media = example.Media ?? [],
        Family = example.Family ?? "",
        Split = example.Split ?? "",
        License = example.License ?? "unknown",
        Provenance = example.Provenance ?? "",
        Truth = example.Truth ?? [],
    };

    public static TrainingTrace Complete(TrainingTrace trace) => trace with
    {
        Schema = trace.Schema ?? TrainingTrace.CurrentSchema,
        Example = Complete(trace.Example),
        Trajectory = Complete(trace.Trajectory),
        Tools = trace.Tools ?? [],
        Provenance = trace.Provenance ?? "",
        License = trace.License ?? "unknown",
    };

    public static FuseManifest Complete(FuseManifest manifest) => manifest with
    {
        Schema = manifest.Schema ?? FuseManifest.CurrentSchema,
        Sources = [.. manifest.Sources.Select(s => s with { Kinds = s.Kinds ?? [], Families = s.Families ?? [] })],
    };

    private static Trajectory Complete(Trajectory trajectory) => trajectory with
    {
        Schema = trajectory.Schema ?? Trajectory.CurrentSchema,
        PolicyVersion = trajectory.PolicyVersion ?? "base",
        Inputs = trajectory.Inputs ?? [],
        Turns = [.. (trajectory.Turns ?? []).Select(Complete)],
        TokenIds = trajectory.TokenIds ?? [],
        Provenance = trajectory.Provenance ?? [],
        LogProbabilities = trajectory.LogProbabilities ?? [],
        Media = [],
    };

    private static TrajectoryTurn Complete(TrajectoryTurn turn) => turn with
    {
        TokenTexts = turn.TokenTexts ?? [],
        Invocations = [.. (turn.Invocations ?? []).Select(i => i with { ImageNumbers = i.ImageNumbers ?? [], Annotations = i.Annotations ?? [] })],
        InputNumbers = turn.InputNumbers ?? [],
    };
}
