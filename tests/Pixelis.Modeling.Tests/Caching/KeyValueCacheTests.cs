using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling.Tests;

public sealed class KeyValueCacheTests
{
    private static readonly KeyValueLayout Layout = new(2, 2, 4, ScalarType.Float32, torch.CPU);

    [Fact]
    public void What_is_appended_comes_back_in_order()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var cache = new KeyValueCache(Layout, 2, 10);
        Append(cache, 3, 1);
        Append(cache, 1, 2);
        Assert.Equal(4, cache.Length);
        Assert.Equal([1f, 1f, 1f, 2f], Column(cache, 0));
        Assert.Equal(4, cache.NextPosition(0));
        Assert.Null(cache.PaddingBias());
        Assert.Equal(2L * 2 * 2 * 4 * 4, Layout.BytesPerToken);
        Assert.Equal(2 * 10 * Layout.BytesPerToken, cache.ByteCount);
    }

    [Fact]
    public void Too_much_is_refused_before_anything_changes()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var cache = new KeyValueCache(Layout, 1, 4);
        Append(cache, 3, 1);
        Assert.Throws<ContextLengthException>(() => cache.BeginAppend(2));
        Assert.Equal(3, cache.Length);
        cache.Reserve(6);
        Append(cache, 2, 2);
        Assert.Equal([1f, 1f, 1f, 2f, 2f], Column(cache, 0));
    }

    [Fact]
    public void A_pass_that_fails_leaves_the_length_as_it_was()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var cache = new KeyValueCache(Layout, 1, 8);
        Append(cache, 2, 1);
        cache.BeginAppend(3, [true, false, false]);
        Append(cache, 1, 5);
        Assert.Equal(3, cache.Length);
        Assert.Equal([1f, 1f, 5f], Column(cache, 0));
        Assert.False(cache.IsPadding(0, 2));
    }

    [Fact]
    public void Padding_moves_positions_and_makes_a_bias()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var cache = new KeyValueCache(Layout, 2, 8);
        Append(cache, 3, 1, [true, true, false, false, false, false]);
        Assert.Equal(1, cache.NextPosition(0));
        Assert.Equal(3, cache.NextPosition(1));
        float[] bias = cache.PaddingBias()!.contiguous().data<float>().ToArray();
        Assert.Equal([float.MinValue, float.MinValue, 0, 0, 0, 0], bias);
        Append(cache, 1, 2);
        Assert.Equal(8, cache.PaddingBias()!.NumberOfElements);
        Assert.Equal(0f, cache.PaddingBias()![0, 0, 0, 3].item<float>());
    }

    [Fact]
    public void Truncating_restores_positions_even_within_a_picture()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var cache = new KeyValueCache(Layout, 1, 8);
        Append(cache, 4, 1, default, [0, -1, -1, -2]);
        Assert.Equal(2, cache.NextPosition(0));
        cache.Truncate(2);
        Assert.Equal(1, cache.NextPosition(0));
        Append(cache, 1, 3);
        Assert.Equal([1f, 1f, 3f], Column(cache, 0));
        Assert.Equal(2, cache.NextPosition(0));
    }

    [Fact]
    public void A_fork_shares_the_prefix_and_outlives_its_source()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var source = new KeyValueCache(Layout, 1, 8);
        Append(source, 3, 1);
        using KeyValueCache fork = source.Fork(4, 6);
        Assert.Equal(3, fork.PrefixLength);
        Assert.Equal(3, fork.Length);
        Assert.Equal(6, fork.Capacity);
        Assert.Equal(4 * 3 * Layout.BytesPerToken, fork.ByteCount);
        source.Truncate(1);
        Append(source, 2, 9); // must not reach what the fork shares
        Assert.Equal([1f, 9f, 9f], Column(source, 0));
        source.Dispose();
        LayerKeyValues all = Append(fork, 1, 2);
        Assert.Equal([1f, 1f, 1f], all.PrefixKeys![0, 0, TensorIndex.Colon, 0].contiguous().data<float>().ToArray());
        Assert.Equal(4, all.Keys.shape[0]);
        Assert.Equal(1, all.Keys.shape[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => fork.Truncate(2));
        using KeyValueCache again = fork.Fork(2, 9, 3);
        Assert.Equal(4, again.PrefixLength);
        all = Append(again, 1, 5);
        Assert.Equal([1f, 1f, 1f, 2f], all.PrefixKeys![0, 1, TensorIndex.Colon, 0].contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Rows_can_be_kept_repeated_and_added()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var cache = new KeyValueCache(Layout, 3, 8);
        Append(cache, 2, 0, default, default, byRow: true); // row r holds r
        cache.KeepRows([2, 0, 0]);
        Assert.Equal([2f, 2f], Column(cache, 0));
        Assert.Equal([0f, 0f], Column(cache, 2));
        using var other = new KeyValueCache(Layout, 1, 5);
        Append(other, 4, 7);
        cache.AddRows(other);
        Assert.Equal(4, cache.Batch);
        Assert.Equal(4, cache.Length);
        Assert.True(cache.IsPadding(0, 0));
        Assert.True(cache.IsPadding(0, 1));
        Assert.False(cache.IsPadding(3, 0));
        Assert.Equal([2f, 2f], Column(cache, 0)[2..]);
        Assert.Equal([7f, 7f, 7f, 7f], Column(cache, 3));
        Assert.Equal(2, cache.NextPosition(0));
        Assert.Equal(4, cache.NextPosition(3));
    }

    [Fact]
    public void Adding_rows_to_a_fork_copies_its_prefix()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var source = new KeyValueCache(Layout, 1, 8);
        Append(source, 2, 3);
        using KeyValueCache fork = source.Fork(2, 6);
        Append(fork, 1, 4);
        using var other = new KeyValueCache(Layout, 1, 5);
        Append(other, 1, 7);
        fork.AddRows(other);
        Assert.Equal(0, fork.PrefixLength);
        Assert.Equal([3f, 3f, 4f], Column(fork, 1));
        Assert.Equal(7f, Column(fork, 2)[2]);
        Assert.True(fork.IsPadding(2, 1));
    }

    [Fact]
    public void A_cache_made_in_inference_mode_can_be_used_outside_it()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        KeyValueCache cache;
        using (torch.inference_mode())
        {
            cache = new KeyValueCache(Layout, 1, 4);
            Append(cache, 1, 1);
        }

        Append(cache, 1, 2);
        Assert.Equal([1f, 2f], Column(cache, 0));
        cache.Dispose();
    }

    private static LayerKeyValues Append(
        KeyValueCache cache, int columns, float value, ReadOnlySpan<bool> padding = default, ReadOnlySpan<long> offsets = default, bool byRow = false)
    {
        cache.BeginAppend(columns, padding, offsets);
        Tensor keys = torch.full([cache.Batch, 2, columns, 4], value);
        if (byRow)
            keys = torch.arange(cache.Batch, dtype: ScalarType.Float32).view(-1, 1, 1, 1).expand(-1, 2, columns, 4);
        LayerKeyValues last = default;
        for (int layer = 0; layer < 2; layer++)
            last = cache.Append(layer, keys, keys + 100);
        cache.Commit();
        return last;
    }

    /// <summary>The first key number of every own column of a row, in both layers alike.</summary>
    private static float[] Column(KeyValueCache cache, int row)
    {
        int length = cache.Length - cache.PrefixLength;
        float[] first = cache.RowStorage(0).Keys[row, 0].narrow(0, 0, length).select(1, 0).contiguous().data<float>().ToArray();
        float[] values = cache.RowStorage(1).Values[row, 1].narrow(0, 0, length).select(1, 3).contiguous().data<float>().ToArray();
        Assert.Equal(first, values.Select((v, i) => cache.IsPadding(row, cache.PrefixLength + i) ? first[i] : v - 100));
        return first;
    }
}
