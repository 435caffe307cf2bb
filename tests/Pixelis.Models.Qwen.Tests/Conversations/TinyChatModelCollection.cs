namespace Pixelis.Models.Qwen.Tests.Conversations;

/// <summary>Shares one model between test classes, and runs them while no other class runs: counts of live tensors are those of the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TinyChatModelCollection : ICollectionFixture<TinyChatModel>
{
    public const string Name = "tiny chat model";
}
