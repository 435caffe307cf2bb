using FsCheck;
using FsCheck.Fluent;
using Pixelis.Generation.Running;
using Pixelis.Modeling;

namespace Pixelis.Generation.Tests.Running;

public class PromptSlicesTests
{
    [Fact]
    public void Text_is_cut_evenly() => Assert.Equal([4, 8, 10], PromptSlices.Ends(WithVisuals(10), 4));

    [Theory]
    [InlineData(4, new[] { 2, 9, 10 })] // the image moves to the next slice, with the token before it, and makes it longer
    [InlineData(8, new[] { 2, 10 })]
    [InlineData(9, new[] { 9, 10 })]
    [InlineData(20, new[] { 10 })]
    public void An_image_stays_whole_with_its_start_token(int limit, int[] expected) =>
        Assert.Equal(expected, PromptSlices.Ends(WithVisuals(10, (3, 6)), limit));

    [Fact]
    public void Slices_cover_the_prompt_and_never_cut_a_visual() =>
        Prop.ForAll(Gen.Choose(1, 5).ArrayOf().ToArbitrary(), Gen.Choose(1, 12).ToArbitrary(), (lengths, limit) =>
        {
            var visuals = new List<(int, int)>();
            int length = 0;
            for (int i = 0; i < lengths.Length; i++)
            {
                if (i % 2 == 1)
                    visuals.Add((length, lengths[i]));
                length += lengths[i];
            }
            length++;
            int[] ends = [.. PromptSlices.Ends(WithVisuals(length, [.. visuals]), limit)];
            bool ascending = ends.Zip(ends.Skip(1)).All(p => p.First < p.Second) && ends[^1] == length && ends[0] > 0;
            return ascending && visuals.All(v => !ends.Any(e => e > v.Item1 && e < v.Item1 + v.Item2));
        }).QuickCheckThrowOnFailure();

    private static Prompt WithVisuals(int length, params (int Start, int Length)[] visuals) =>
        new(new int[length], [.. visuals.Select(v => new VisualInput(v.Start, v.Length, new VisionGrid(1, 1, 1), new float[1]))]);
}
