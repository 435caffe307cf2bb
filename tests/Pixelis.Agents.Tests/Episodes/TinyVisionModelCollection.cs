namespace Pixelis.Agents.Tests.Episodes;

/// <summary>Tests that share one model and that nothing else runs beside, because they count live tensors.</summary>
[CollectionDefinition(nameof(TinyVisionModel), DisableParallelization = true)]
public sealed class TinyVisionModelCollection : ICollectionFixture<TinyVisionModel>;
