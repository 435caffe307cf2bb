using Pixelis.TestKit;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors.Tests;

public sealed class SafetensorsWriterTests
{
    [Fact]
    public void Nothing_is_seen_before_commit_and_nothing_stays_without_it()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = torch.NewDisposeScope();
        string path = folder["t.safetensors"];
        using (var writer = new SafetensorsWriter(path, [("a", ScalarType.Float32, [4])]))
        {
            writer.Write(torch.ones(4));
            Assert.False(File.Exists(path));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Data_start_at_a_multiple_of_64_bytes()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = torch.NewDisposeScope();
        SafetensorsWriter.WriteFile(folder["t.safetensors"], new Dictionary<string, Tensor> { ["name of odd length"] = torch.ones(3) });
        using SafetensorsReader reader = SafetensorsReader.Open(folder["t.safetensors"]);
        Assert.Equal(0, reader.Entries["name of odd length"].Offset % 64);
    }

    [Fact]
    public void A_tensor_that_is_not_as_declared_is_refused()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = torch.NewDisposeScope();
        using var writer = new SafetensorsWriter(folder["t.safetensors"], [("a", ScalarType.Float32, [4])]);
        Assert.Throws<ArgumentException>(() => writer.Write(torch.ones(5)));
        Assert.Throws<ArgumentException>(() => writer.Write(torch.ones(4, dtype: ScalarType.Float64)));
        Assert.Throws<InvalidOperationException>(writer.Commit);
    }

    [Fact]
    public void A_view_that_is_not_contiguous_is_written_in_its_own_order()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor turned = torch.arange(6, dtype: ScalarType.Float32).view(2, 3).t();
        SafetensorsWriter.WriteFile(folder["t.safetensors"], new Dictionary<string, Tensor> { ["a"] = turned });
        using SafetensorsReader reader = SafetensorsReader.Open(folder["t.safetensors"]);
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], reader.Read("a").data<float>().ToArray());
    }
}
