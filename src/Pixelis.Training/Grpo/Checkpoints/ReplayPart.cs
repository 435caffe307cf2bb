using System.Text.Json;
using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>The replay buffer, and its place in checkpoints: samples are kept whole, pictures too, so that a resumed run draws the same.</summary>
internal sealed class ReplayPart : ICheckpointPart
{
    private const string StructureFile = "replay.json";
    private const string NumbersFile = "replay.safetensors";

    public ReplayPart(GrpoOptions options)
    {
        int capacity = options.ReplayCapacity > 0 ? options.ReplayCapacity : options.Prompts * options.Rollouts.GroupSize;
        Buffer = new SelectiveSampleReplay<PolicySequence>(capacity, SeededNumbers.Hash(options.Seed, 2));
    }

    public SelectiveSampleReplay<PolicySequence> Buffer { get; }

    public void Write(string folder)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ReplayState<PolicySequence> state = Buffer.State;
        var numbers = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (int i = 0; i < state.Entries.Count; i++)
            Write(numbers, FormattableString.Invariant($"{i}."), state.Entries[i].Item);
        if (numbers.Count > 0)
            SafetensorsWriter.WriteFile(Path.Combine(folder, NumbersFile), numbers);
        var file = new ReplayFile { Draws = state.Draws, Samples = [.. state.Entries.Select(e => Record(e.Item, e.Advantage))] };
        File.WriteAllBytes(Path.Combine(folder, StructureFile), JsonSerializer.SerializeToUtf8Bytes(file, TrainingJson.Default.ReplayFile));
    }

    public void Read(string folder)
    {
        ReplayFile file = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, StructureFile)), TrainingJson.Default.ReplayFile)!;
        if (file.Samples.Count == 0)
        {
            Buffer.State = new ReplayState<PolicySequence>([], file.Draws);
            return;
        }

        using SafetensorsReader reader = SafetensorsReader.Open(Path.Combine(folder, NumbersFile));
        using DisposeScope scope = torch.NewDisposeScope();
        var patches = new Dictionary<string, float[]>();
        Buffer.State = new ReplayState<PolicySequence>(
            [.. file.Samples.Select((record, i) => new ReplayEntry<PolicySequence>(Read(reader, patches, FormattableString.Invariant($"{i}."), record), record.Advantage))], file.Draws);
    }

    private static ReplayRecord Record(PolicySequence sample, double advantage) => new()
    {
        Advantage = advantage,
        Spans = sample.Conversation.Spans,
        Pictures = [.. sample.Conversation.Visuals.Select(v => new ReplayPicture
        {
            Start = v.Start, Length = v.Length, Grid = v.Grid, IsVideo = v.IsVideo, SecondsPerGrid = v.SecondsPerGrid, ContentKey = v.ContentKey,
        })],
    };

    private static void Write(Dictionary<string, Tensor> numbers, string prefix, PolicySequence sample)
    {
        PreparedConversation conversation = sample.Conversation;
        numbers.Add(prefix + "ids", torch.tensor(conversation.TokenIds.Select(id => (long)id).ToArray()));
        numbers.Add(prefix + "sampled", torch.tensor(conversation.Provenance.Select(p => p == TokenProvenance.Sampled ? 1L : 0L).ToArray()));
        numbers.Add(prefix + "behavior", torch.tensor(sample.BehaviorLogProbs.ToArray()));
        if (sample.ReferenceLogProbs is { } reference)
            numbers.Add(prefix + "reference", torch.tensor(reference.ToArray()));
        for (int i = 0; i < conversation.Visuals.Count; i++)
        {
            string name = PatchesOf(conversation.Visuals[i].ContentKey, prefix, i);
            if (!numbers.ContainsKey(name)) // a picture that several samples show is written once
                numbers.Add(name, torch.tensor(conversation.Visuals[i].Patches.ToArray()));
        }
    }

    private static PolicySequence Read(SafetensorsReader reader, Dictionary<string, float[]> patches, string prefix, ReplayRecord record)
    {
        float[] behavior = [.. reader.Read(prefix + "behavior").data<float>()];
        return new PolicySequence
        {
            Advantage = record.Advantage,
            BehaviorLogProbs = behavior,
            OldLogProbs = behavior,
            ReferenceLogProbs = reader.Entries.ContainsKey(prefix + "reference") ? [.. reader.Read(prefix + "reference").data<float>()] : null,
            Conversation = new PreparedConversation
            {
                TokenIds = [.. reader.Read(prefix + "ids").data<long>().Select(id => (int)id)],
                Provenance = [.. reader.Read(prefix + "sampled").data<long>().Select(s => s == 1 ? TokenProvenance.Sampled : TokenProvenance.Injected)],
                Spans = record.Spans,
                Visuals = [.. record.Pictures.Select((p, i) => new VisualInput(p.Start, p.Length, p.Grid, Patches(PatchesOf(p.ContentKey, prefix, i)))
                {
                    IsVideo = p.IsVideo, SecondsPerGrid = p.SecondsPerGrid, ContentKey = p.ContentKey,
                })],
            },
        };

        float[] Patches(string name)
        {
            if (!patches.TryGetValue(name, out float[]? held))
                patches[name] = held = reader.Read(name).data<float>().ToArray();
            return held;
        }
    }

    private static string PatchesOf(string? contentKey, string prefix, int index) =>
        contentKey is not null ? $"patches.{contentKey}" : FormattableString.Invariant($"{prefix}patches.{index}");
}
