using Pixelis.Generation;

namespace Pixelis.Golden.Tests.Generation;

/// <summary>Greedy ids of the reference, however the sequence is run.</summary>
public class GreedyDecodingTests
{
    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        foreach (string folder in GoldenFolders.Models)
            cases.Add(folder);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Alone_with_the_cache(string folder)
    {
        using GreedyCase golden = GreedyCase.Load(folder);
        using var generator = new Generator(golden.Model);
        for (int row = 0; row < golden.Prompts.Count; row++)
            Assert.Equal(golden.Expected[row], generator.Generate([new(golden.Prompts[row], golden.Options)])[0].TokenIds);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Alone_without_the_cache(string folder)
    {
        using GreedyCase golden = GreedyCase.Load(folder);
        for (int row = 0; row < golden.Prompts.Count; row++)
            Assert.Equal(golden.Expected[row], golden.WithoutCache(row));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_a_batch_with_prompts_of_other_lengths(string folder)
    {
        using GreedyCase golden = GreedyCase.Load(folder);
        using var generator = new Generator(golden.Model);
        var other = new GenerationRequest(new Prompt([5, 6, 7]), golden.Options with { MaxNewTokens = 7, Temperature = 1, Seed = 1 });
        GenerationRequest[] rows = [.. golden.Prompts.Select(p => new GenerationRequest(p, golden.Options))];
        IReadOnlyList<GeneratedTurn> turns = generator.Generate([.. rows, other, .. rows]);
        int[][] expected = [.. golden.Expected, [.. turns[rows.Length].TokenIds], .. golden.Expected];
        Assert.Equal(expected, turns.Select(t => t.TokenIds));
        Assert.Equal(7, turns[rows.Length].TokenIds.Count);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void As_a_group_that_shares_its_prompt(string folder)
    {
        using GreedyCase golden = GreedyCase.Load(folder);
        using var generator = new Generator(golden.Model);
        for (int row = 0; row < golden.Prompts.Count; row++)
        {
            IReadOnlyList<GeneratedTurn> group = generator.GenerateGroup(golden.Prompts[row], golden.Options, 3);
            Assert.All(group, turn => Assert.Equal(golden.Expected[row], turn.TokenIds));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void With_the_prompt_read_in_small_passes(string folder)
    {
        using GreedyCase golden = GreedyCase.Load(folder);
        using var generator = new Generator(golden.Model, options: new GeneratorOptions { PrefillTokens = 3 });
        for (int row = 0; row < golden.Prompts.Count; row++)
            Assert.Equal(golden.Expected[row], generator.Generate([new(golden.Prompts[row], golden.Options)])[0].TokenIds);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sampled_ids_with_a_seed_are_the_same_alone_in_a_batch_and_in_a_group(string folder)
    {
        using GreedyCase golden = GreedyCase.Load(folder);
        using var generator = new Generator(golden.Model);
        Prompt prompt = golden.Prompts[^1];
        GenerationOptions[] options = [.. Enumerable.Range(0, 5).Select(i => golden.Options with { Temperature = 1, Seed = (ulong)i })];
        int[][] alone = [.. options.Select(o => generator.Generate([new(prompt, o)])[0].TokenIds.ToArray())];
        var other = new GenerationRequest(new Prompt([3, 4]), golden.Options with { Temperature = 1 });
        IReadOnlyList<GeneratedTurn> batch = generator.Generate([other, .. options.Select(o => new GenerationRequest(prompt, o))]);
        Assert.Equal(alone, batch.Skip(1).Select(t => t.TokenIds));
        Assert.Equal(alone, generator.GenerateGroup(prompt, options).Select(t => t.TokenIds));
        Assert.Equal(5, alone.Select(a => string.Join(',', a)).Distinct().Count());
    }
}
