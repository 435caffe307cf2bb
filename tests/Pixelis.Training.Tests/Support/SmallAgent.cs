using System.Text.Json;
using System.Text.Json.Nodes;
using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.RandomModels;
using Pixelis.Rewards;
using Pixelis.TestKit;
using Pixelis.Tools;
using Pixelis.Training.Grpo;

namespace Pixelis.Training.Tests.Support;

/// <summary>A Qwen2.5-VL of a few thousand numbers with random weights and an agent over it: small enough to be trained in a test, and real in every part.</summary>
internal sealed class SmallAgent : IDisposable
{
    private static readonly Lazy<TemporaryFolder> Files = new(WriteFiles);

    private readonly QwenModel _weights;

    public SmallAgent(int maxNewTokens = 6, int seed = 1, params ITool[] tools)
    {
        QwenProcessor processor = QwenProcessor.FromPretrained(Files.Value["small"]);
        _weights = QwenModel.Initialize(QwenConfig.Load(Files.Value["small"]), seed, 0.5); // wide enough apart for the policy to have favourites
        Model = new QwenVisionLanguageModel("small", _weights, processor.Tokenizer, processor.Images);
        PixelisAgentBuilder builder = PixelisAgent.Create().WithModel(Model).WithGeneration(new GenerationOptions { MaxNewTokens = maxNewTokens });
        foreach (ITool tool in tools)
            builder.WithTool(tool);
        Agent = builder.WithUnannouncedTools().Build();
    }

    public QwenVisionLanguageModel Model { get; }

    public PixelisAgent Agent { get; }

    public GrpoSetup Setup(CompositeReward reward, params ITrainingObserver[] observers) => new(_weights, Model.Processor, Agent, new Questions(), reward)
    {
        Observers = observers,
        PolicyChanged = version => Model.PolicyVersion = version,
    };

    public float[] Weights() => [.. _weights.Module.named_parameters().OrderBy(p => p.name, StringComparer.Ordinal).SelectMany(p => p.parameter.detach().reshape(-1).data<float>().ToArray())];

    public void Dispose()
    {
        Agent.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Model.Dispose();
    }

    private static TemporaryFolder WriteFiles()
    {
        var folder = new TemporaryFolder();
        RandomModel.Write(folder["small"], RandomModelShape.Find("tiny")!);
        string file = Path.Combine(folder["small"], "config.json");
        JsonObject config = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        config["hidden_size"] = 32;
        config["intermediate_size"] = 48;
        config["num_hidden_layers"] = 2;
        config["max_window_layers"] = 2;
        config["num_attention_heads"] = 2;
        config["num_key_value_heads"] = 1;
        config["rope_scaling"]!["mrope_section"] = new JsonArray(2, 3, 3);
        JsonObject vision = config["vision_config"]!.AsObject();
        vision["depth"] = 1;
        vision["hidden_size"] = 32;
        vision["intermediate_size"] = 48;
        vision["num_heads"] = 2;
        vision["out_hidden_size"] = 32;
        vision["fullatt_block_indexes"] = new JsonArray(0);
        File.WriteAllText(file, config.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        return folder;
    }

    /// <summary>Two questions, one about a picture.</summary>
    private sealed class Questions : IExampleSource
    {
        private static readonly PixelImage Picture = PixelImage.Wrap(56, 56, PixelFormat.Rgb24, [.. Enumerable.Range(0, 56 * 56 * 3).Select(i => (byte)(i * 7))]);

        public string Name => "questions";

        public long? Count => 2;

        public ValueTask<Example> GetAsync(long index, CancellationToken cancellationToken = default) => ValueTask.FromResult(new Example
        {
            Id = $"q{index}", Question = index == 0 ? "Say something." : "What is it?", Answer = "x", Media = index == 0 ? [] : [ExampleMedia.Of(Picture)],
        });
    }
}
