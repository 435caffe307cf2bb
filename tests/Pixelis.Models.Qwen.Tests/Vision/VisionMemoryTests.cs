using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests.Vision;

/// <summary>Counts tensors of the whole process, so nothing may run beside it.</summary>
[Collection(nameof(LoadingMemoryTests.Alone))]
public class VisionMemoryTests
{
    private static void Add(VisionMemory memory, string key, int floats)
    {
        using DisposeScope scope = NewDisposeScope();
        memory.Add(key, full([floats], (float)key[0]));
    }

    [Fact]
    public void What_was_added_is_found_and_survives_the_scope_it_was_made_in()
    {
        using var memory = new VisionMemory(1000);
        Add(memory, "a", 10);
        Assert.Equal('a', memory.Find("a")![3].item<float>());
        Assert.Null(memory.Find("b"));
    }

    [Fact]
    public void The_least_recently_used_goes_first_and_the_bound_holds()
    {
        using var memory = new VisionMemory(120); // three of ten floats
        foreach (string key in new[] { "a", "b", "c" })
            Add(memory, key, 10);
        Assert.NotNull(memory.Find("a"));
        Add(memory, "d", 10);
        Assert.Null(memory.Find("b"));
        Assert.Equal(3, memory.Count);
        Add(memory, "e", 31); // larger than all: not kept, and nothing is given up for it
        Assert.Null(memory.Find("e"));
        Assert.Equal(3, memory.Count);
    }

    [Fact]
    public void Forgetting_frees_every_tensor()
    {
        GC.Collect(); // what earlier tests left to the finalizer must not be freed in between
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        var memory = new VisionMemory(1000);
        Add(memory, "a", 10);
        Add(memory, "a", 10);
        Add(memory, "b", 10);
        Assert.Equal(before + 2, Tensor.TotalCount);
        memory.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Null(memory.Find("a"));
    }

    [Fact]
    public void Without_room_nothing_is_kept()
    {
        using var memory = new VisionMemory(0);
        Add(memory, "a", 1);
        Assert.Null(memory.Find("a"));
    }
}
