using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Models.Qwen.RandomModels;
using Pixelis.TestKit;
using static TorchSharp.torch;

namespace Pixelis.Serving.Tests.Support;

/// <summary>A real model of small size with random weights, from a folder, as an agent; made once.</summary>
public sealed class TinyAgent : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public TinyAgent()
    {
        string folder = _temporary["tiny"];
        RandomModel.Write(folder, RandomModelShape.Find("tiny")!, new RandomModelOptions { DataType = ScalarType.Float32, Seed = 5 });
        Agent = PixelisAgent.Create().WithModel(folder).WithGeneration(new GenerationOptions { MaxNewTokens = 6, IgnoreEndOfTurn = true }).Build();
    }

    public PixelisAgent Agent { get; }

    public void Dispose()
    {
        Agent.Dispose();
        _temporary.Dispose();
    }
}

/// <summary>All suites that ask the real model share it.</summary>
[CollectionDefinition(Name)]
public class TinyAgentCollection : ICollectionFixture<TinyAgent>
{
    public const string Name = "tiny agent";
}
