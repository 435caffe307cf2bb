using Pixelis.TestKit;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors.Tests;

public sealed class SafetensorsReaderTests
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Bool, ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64,
        ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64,
    ];

    [Fact]
    public void Every_type_comes_back_the_same_mapped_and_read()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = torch.NewDisposeScope();
        Dictionary<string, Tensor> tensors = Types.ToDictionary(
            type => type.ToString(), type => torch.arange(24, dtype: ScalarType.Int64).to(type).view(2, 3, 4));
        tensors.Add("scalar", torch.tensor(2.5f));
        tensors.Add("empty", torch.empty([0, 5], dtype: ScalarType.Float32));
        SafetensorsWriter.WriteFile(folder["t.safetensors"], tensors);
        using SafetensorsReader reader = SafetensorsReader.Open(folder["t.safetensors"]);
        Assert.Equal(tensors.Keys.Order(), reader.Entries.Keys.Order());
        foreach ((string name, Tensor expected) in tensors)
        {
            foreach (Tensor actual in new[] { reader.Map(name), reader.Read(name) })
            {
                Assert.Equal(expected.dtype, actual.dtype);
                Assert.Equal(expected.shape, actual.shape);
                Assert.Equal(expected.bytes.ToArray(), actual.bytes.ToArray());
            }
        }
    }

    [Fact]
    public void A_mapped_tensor_survives_its_reader_and_writing_to_it_leaves_the_file_alone()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = torch.NewDisposeScope();
        SafetensorsWriter.WriteFile(folder["t.safetensors"], new Dictionary<string, Tensor> { ["a"] = torch.ones(1000) });
        byte[] before = File.ReadAllBytes(folder["t.safetensors"]);
        Tensor mapped;
        using (SafetensorsReader reader = SafetensorsReader.Open(folder["t.safetensors"]))
            mapped = reader.Map("a");
        mapped.mul_(3);
        Assert.Equal(3000f, mapped.sum().item<float>());
        Assert.Equal(before, File.ReadAllBytes(folder["t.safetensors"]));
    }

    [Fact]
    public void A_tensor_at_an_odd_offset_is_read_instead_of_mapped()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = torch.NewDisposeScope();
        string header = """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"F32","shape":[2],"data_offsets":[3,11]}} """;
        File.WriteAllBytes(folder["t.safetensors"], SafetensorsBytes.Make(header, 11));
        using SafetensorsReader reader = SafetensorsReader.Open(folder["t.safetensors"]);
        Assert.NotEqual(0, reader.Entries["b"].Offset % 4);
        Assert.Equal(reader.Read("b").bytes.ToArray(), reader.Map("b").bytes.ToArray());
    }

    [Theory]
    [InlineData(ScalarType.Float32, 5_000_000)] // several slices
    [InlineData(ScalarType.BFloat16, 1000)]
    [InlineData(ScalarType.Float64, 0)]
    public void A_converted_tensor_is_whole_and_the_mapping_stays_good(ScalarType type, int count)
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor source = torch.arange(count, dtype: ScalarType.Float32).fmod(251);
        SafetensorsWriter.WriteFile(folder["t.safetensors"], new Dictionary<string, Tensor> { ["a"] = source });
        using SafetensorsReader reader = SafetensorsReader.Open(folder["t.safetensors"]);
        Tensor mapped = reader.Map("a");
        Tensor converted = reader.Convert("a", type, torch.CPU);
        Assert.Equal(type, converted.dtype);
        Assert.Equal(source.bytes.ToArray(), converted.to(ScalarType.Float32).bytes.ToArray());
        Assert.Equal(source.bytes.ToArray(), mapped.bytes.ToArray());
    }

    [Fact]
    public void What_is_not_finite_is_found_in_any_slice()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor tensor = torch.zeros(5_000_000);
        Assert.True(TensorSlices.AreFinite(tensor));
        tensor[4_999_999] = float.NegativeInfinity;
        Assert.False(TensorSlices.AreFinite(tensor));
    }

    [Fact]
    public void What_cannot_be_had_is_told_with_file_and_tensor()
    {
        using var folder = new TemporaryFolder();
        var missing = Assert.Throws<SafetensorsException>(() => SafetensorsReader.Open(folder["none.safetensors"]));
        Assert.Contains("none.safetensors", missing.Message, StringComparison.Ordinal);
        string header = """{"q":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""";
        File.WriteAllBytes(folder["t.safetensors"], SafetensorsBytes.Make(header, 4));
        using SafetensorsReader reader = SafetensorsReader.Open(folder["t.safetensors"]);
        Assert.Contains("F8_E4M3", Assert.Throws<SafetensorsException>(() => reader.Map("q")).Message, StringComparison.Ordinal);
        Assert.Equal("z", Assert.Throws<SafetensorsException>(() => reader.Read("z")).Tensor);
    }
}
