using System.Diagnostics;
using System.Globalization;
using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Tensors;
using Pixelis.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Benchmarks.Training;

/// <summary>
/// <c>training [THREADS] [f32|autocast] [STEPS] [wall|cpu]</c>: a step of supervised fine-tuning of a model of pixelis-tiny's size (hidden 256, 6 layers, vision 128 x 4,
/// vocabulary 2048) on 32 conversations of 120 to 180 tokens with two 112 x 112 pictures, a third of the tokens learnt; and where its time goes.
/// </summary>
internal static class TrainingRunner
{
    private const int Batch = 32;
    private const int Vocabulary = 2048;

    public static int Run(IReadOnlyList<string> arguments)
    {
        int threads = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1;
        bool mixed = arguments.Count < 2 || arguments[1] == "autocast";
        int steps = arguments.Count > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 5;
        bool processorTime = arguments.Count > 3 && arguments[3] == "cpu"; // for a machine with other work on it: the process's time, all threads together
        torch.set_num_threads(threads);
        using QwenModel model = RandomQwenModel.Create("qwen2.5-vl-tiny", new RandomWeightsOptions { DataType = ScalarType.Float32, VocabularySize = Vocabulary });
        Parameter[] parameters = [.. model.Module.parameters()];
        using AdamW optimizer = optim.AdamW(parameters, 1e-4);
        PreparedConversation[] conversations = [.. Enumerable.Range(0, Batch).Select(i => Conversation(model.Config, new Random(i)))];
        var clock = new PartClock(processorTime);
        for (int step = 0; step <= steps; step++)
        {
            if (step == 1)
                clock = new PartClock(processorTime); // the first one warms up
            Step(model, parameters, optimizer, conversations, mixed, clock);
        }

        int tokens = conversations.Sum(c => c.Length);
        double seconds = clock.Total / steps;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{parameters.Sum(p => p.numel()) / 1e6:F1} M parameters, {tokens} tokens a step, {threads} threads, {(mixed ? "autocast" : "f32")}: {seconds * 1000:F0} ms a step, {tokens / seconds:F0} tokens/s"));
        foreach ((string part, double time) in clock.Parts)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {part,-12} {time / steps * 1000,7:F1} ms"));
        return 0;
    }

    private static void Step(QwenModel model, Parameter[] parameters, AdamW optimizer, PreparedConversation[] conversations, bool mixed, PartClock clock)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        clock.Start();
        using ConversationBatch batch = ConversationCollator.Collate(conversations, null, 0);
        clock.Lap("collate");
        optimizer.zero_grad();
        clock.Lap("zero");
        Tensor loss;
        using (mixed ? MixedPrecision.Begin(DeviceType.CPU) : null)
        {
            ModelOutput output = model.Forward(batch.Inputs, options: new ForwardOptions { LogitRows = batch.TargetRows });
            clock.Lap("forward");
            loss = TargetLoss.WeightedMean(TokenLogProbs.Of(output.Logits!, batch.TargetIds), batch.TargetWeights, batch.Targets.Count);
            clock.Lap("loss");
        }

        loss.backward();
        clock.Lap("backward");
        nn.utils.clip_grad_norm_(parameters, 1);
        clock.Lap("clip");
        optimizer.step();
        clock.Lap("optimizer");
    }

    private static PreparedConversation Conversation(QwenConfig config, Random random)
    {
        var grid = new VisionGrid(1, 8, 8); // 112 x 112
        int text = 120 - 36 + random.Next(60);
        var ids = new List<int>();
        var visuals = new List<VisualInput>();
        for (int i = 0; i < text; i++)
        {
            if (i is 5 or 60)
            {
                ids.Add(config.VisionStartTokenId);
                visuals.Add(new VisualInput(ids.Count, 16, grid, Patches(random, grid.PatchCount * config.Vision!.PatchLength)));
                ids.AddRange(Enumerable.Repeat(config.ImageTokenId, 16));
                ids.Add(config.VisionEndTokenId);
            }

            ids.Add(random.Next(Vocabulary - 40));
        }

        TokenProvenance[] provenance = [.. ids.Select((_, i) => i > ids.Count * 2 / 3 ? TokenProvenance.Sampled : TokenProvenance.Injected)];
        return new PreparedConversation { TokenIds = ids, Provenance = provenance, Spans = [], Visuals = visuals };
    }

    private static float[] Patches(Random random, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = random.NextSingle() - 0.5f;
        return values;
    }

    private sealed class PartClock(bool processorTime)
    {
        private TimeSpan _last;

        public Dictionary<string, double> Parts { get; } = [];

        public double Total => Parts.Values.Sum();

        public void Start() => _last = Now();

        public void Lap(string part)
        {
            TimeSpan now = Now();
            Parts[part] = Parts.GetValueOrDefault(part) + (now - _last).TotalSeconds;
            _last = now;
        }

        private TimeSpan Now() => processorTime ? Process.GetCurrentProcess().TotalProcessorTime : Stopwatch.GetElapsedTime(0);
    }
}
