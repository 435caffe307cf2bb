using Pixelis.TestKit;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Ranks;

public class RankAnalysisTests
{
    private static readonly RankAnalysis Analysis = new(new RankOptions { Lowest = 1 });

    [Fact]
    public void The_rank_holds_the_wanted_energy_of_the_whole_change()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        // Singular values 4, 3, 2, 1: energies 16, 9, 4, 1 of 30. Two hold 83 %, three hold 97 %.
        Tensor before = torch.randn([4, 6]), change = torch.zeros([4, 6]);
        for (int i = 0; i < 4; i++)
            change[i, i] = 4 - i;
        LayerRank rank = Analysis.Of("a", before, before + change)!;
        Assert.Equal((3, 3), (rank.Rank, rank.Needed));
        Assert.Equal(Math.Sqrt(30), rank.Norm, 1e-5);
        Assert.Equal(29 / 30.0, rank.HeldEnergy, 1e-5);
        Assert.Equal(2, new RankAnalysis(new RankOptions { Lowest = 1, Energy = 0.8 }).Of("a", before, before + change)!.Rank);
        Assert.Equal(4, new RankAnalysis(new RankOptions()).Of("a", before, before + change)!.Rank);
        Assert.Equal((2, 3), new RankAnalysis(new RankOptions { Lowest = 1, Highest = 2 }).Of("a", before, before + change) is { } r ? (r.Rank, r.Needed) : default);
    }

    [Fact]
    public void A_large_matrix_of_low_rank_and_a_flat_spectrum_are_told_apart()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(3);
        Tensor low = torch.randn([600, 12]).matmul(torch.randn([12, 700]));
        LayerRank few = Analysis.Of("low", torch.zeros([600, 700]), low)!;
        Assert.InRange(few.Rank, 9, 12);
        double[] exact = [.. torch.linalg.svdvals(low.to(ScalarType.Float64)).data<double>().ToArray().Select(s => s * s)];
        Assert.Equal(exact.Take(few.Rank).Sum() / exact.Sum(), few.HeldEnergy, 1e-6);

        // Noise has energy everywhere: 128 of 600 directions hold about half, which the leading values alone would not show.
        LayerRank flat = Analysis.Of("flat", torch.zeros([600, 700]), torch.randn([600, 700]))!;
        Assert.Equal((128, 129), (flat.Rank, flat.Needed));
        Assert.InRange(flat.HeldEnergy, 0.4, 0.6);
    }

    [Fact]
    public void What_did_not_change_has_no_rank_and_what_does_not_fit_is_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor weight = torch.randn([3, 3]);
        Assert.Null(Analysis.Of("a", weight, weight + 1e-9));
        Assert.Contains("layer.x", Assert.Throws<ArgumentException>(() => Analysis.Of("layer.x", weight, torch.randn([3, 4]))).Message);
        Assert.Contains("not finite", Assert.Throws<PixelisException>(() => Analysis.Of("a", weight, weight * double.NaN)).Message);
    }

    [Fact]
    public void The_pattern_has_the_median_of_each_kind_and_survives_its_file()
    {
        LayerRank At(string layer, int rank) => new(layer, rank, rank, 1, 1);
        IReadOnlyDictionary<string, int> pattern = new RankAnalysis(new RankOptions())
            .Pattern([At("l.0.q_proj", 4), At("l.1.q_proj", 10), At("l.2.q_proj", 6), At("l.0.up_proj", 50), At("l.0.down_proj", 23)]);
        Assert.Equal(new Dictionary<string, int> { ["down_proj"] = 16, ["q_proj"] = 6, ["up_proj"] = 64 }, pattern);
        using var folder = new TemporaryFolder();
        RankFile.Write(folder["ranks.json"], pattern);
        Assert.Equal(pattern, RankFile.Read(folder["ranks.json"]));
        File.WriteAllText(folder["bad.json"], "{\"rank_pattern\": {\"q_proj\": 0}}");
        Assert.Contains("q_proj is 0", Assert.Throws<PixelisException>(() => RankFile.Read(folder["bad.json"])).Message);
    }
}
