namespace Pixelis.Benchmarks.Model;

/// <summary>One line of the table.</summary>
/// <param name="Shape"><c>tiny</c>, <c>0.1b</c> or <c>0.5b</c>.</param>
/// <param name="Work"><c>prefill</c>, <c>decode</c>, <c>group</c> or <c>train</c>.</param>
/// <param name="Type"><c>f32</c>, <c>bf16</c> or (training) <c>autocast</c>.</param>
/// <param name="Threads">Threads of both sides.</param>
internal sealed record ModelCase(string Shape, string Work, string Type, int Threads)
{
    /// <summary>Arguments of the Python peer for the same work.</summary>
    public string[] PeerArguments(int repetitions)
    {
        string type = Type == "bf16" ? "bfloat16" : "float32";
        string threads = Threads.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string reps = repetitions.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Work switch
        {
            "prefill" => [Shape, "prefill", type, threads, "--static", "--reps", reps],
            "decode" => [Shape, "decode", type, threads, "--static", "--reps", reps],
            "group" => [Shape, "decode", type, threads, "--static", "--batch", "8", "--reps", reps],
            "train" => [Shape, "train", type, threads, "--reps", reps, .. Type == "autocast" ? new[] { "--autocast" } : []],
            _ => throw new ArgumentException($"'{Work}' is no work; expected prefill, decode, group or train."),
        };
    }
}
