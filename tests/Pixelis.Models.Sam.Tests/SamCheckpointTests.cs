using System.Text.Json.Nodes;
using Pixelis.Tensors;
using Pixelis.TestKit;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam.Tests;

/// <summary>Folders that are not what they should be.</summary>
public sealed class SamCheckpointTests : IDisposable
{
    private const string Projection = "vision_encoder.layers.1.attn.qkv.weight";

    private readonly TemporaryFolder _folder = new();

    public SamCheckpointTests() => RandomSamModel.Write(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_written_model_is_read() => SamSegmenter.FromPretrained(_folder.Path).Dispose();

    [Fact]
    public void Equal_seeds_give_equal_files()
    {
        using var other = new TemporaryFolder();
        RandomSamModel.Write(other.Path);
        Assert.Equal(File.ReadAllBytes(_folder["model.safetensors"]), File.ReadAllBytes(other["model.safetensors"]));
        RandomSamModel.Write(other.Path, seed: 1);
        Assert.NotEqual(File.ReadAllBytes(_folder["model.safetensors"]), File.ReadAllBytes(other["model.safetensors"]));
        Assert.Throws<ArgumentException>(() => RandomSamModel.Write(other.Path, "huge"));
    }

    [Fact]
    public void The_published_size_has_the_published_number_of_parameters() =>
        Assert.Equal(93_735_728, SamParameters.Of(RandomSamModel.Config("base")).Sum(p => p.Shape.Aggregate(1L, (product, size) => product * size)));

    [Theory]
    [InlineData("missing")]
    [InlineData("extra")]
    [InlineData("shape")]
    [InlineData("type")]
    public void A_wrong_tensor_is_named(string fault)
    {
        string expected = fault == "extra" ? "vision_encoder.layers.9.surplus" : Projection;
        Rewrite(tensors =>
        {
            Tensor old = tensors[Projection];
            if (fault != "extra")
                tensors.Remove(Projection);
            if (fault != "missing")
                tensors[expected] = fault switch { "shape" => old.narrow(0, 0, 47).clone(), "type" => old.to(ScalarType.Int64), _ => old.clone() };
        });
        SafetensorsException error = Assert.Throws<SafetensorsException>(() => SamSegmenter.FromPretrained(_folder.Path));
        Assert.Equal(_folder["model.safetensors"], error.File);
        Assert.Equal(expected, error.Tensor);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Frequencies_are_found_under_either_name_but_must_agree()
    {
        Rewrite(tensors => tensors[SamParameters.TiedFrequencies] = tensors[SamParameters.Frequencies].clone());
        SamSegmenter.FromPretrained(_folder.Path).Dispose();
        Rewrite(tensors => tensors[SamParameters.TiedFrequencies] = tensors[SamParameters.Frequencies] + 1);
        Assert.Equal(SamParameters.TiedFrequencies, Assert.Throws<SafetensorsException>(() => SamSegmenter.FromPretrained(_folder.Path)).Tensor);
        Rewrite(tensors => tensors.Remove(SamParameters.Frequencies));
        SamSegmenter.FromPretrained(_folder.Path).Dispose();
    }

    [Fact]
    public void Half_precision_weights_are_converted()
    {
        using SamSegmenter whole = SamSegmenter.FromPretrained(_folder.Path);
        Rewrite(tensors =>
        {
            foreach (string name in tensors.Keys.ToArray())
                tensors[name] = tensors[name].to(ScalarType.BFloat16);
        });
        using SamSegmenter half = SamSegmenter.FromPretrained(_folder.Path);
        float[] pixels = whole.Processor.Prepare(SamCase.Picture);
        float[] a = whole.Network.Encode(pixels, CancellationToken.None), b = half.Network.Encode(pixels, CancellationToken.None);
        double error = Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (double)(x - y)).Sum() / a.Sum(x => (double)x * x));
        Assert.InRange(error, 1e-6, 0.05);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("preprocessor_config.json")]
    [InlineData("model.safetensors")]
    public void A_missing_file_is_named(string name)
    {
        File.Delete(_folder[name]);
        Assert.Contains(name, Assert.ThrowsAny<ModelFormatException>(() => SamSegmenter.FromPretrained(_folder.Path)).Message);
    }

    [Theory]
    [InlineData("config.json", "model_type", "\"qwen\"")]
    [InlineData("config.json", "vision_config", "3")]
    [InlineData("config.json", "vision_config.hidden_size", "-1")]
    [InlineData("config.json", "vision_config.hidden_act", "\"tanh\"")]
    [InlineData("config.json", "vision_config.num_attention_heads", "5")]
    [InlineData("config.json", "vision_config.image_size", "100")]
    [InlineData("config.json", "vision_config.global_attn_indexes", "[-1]")]
    [InlineData("config.json", "vision_config.num_pos_feats", "9")]
    [InlineData("config.json", "prompt_encoder_config.hidden_size", "24")]
    [InlineData("config.json", "prompt_encoder_config.mask_input_channels", "6")]
    [InlineData("config.json", "mask_decoder_config.hidden_size", "12")]
    [InlineData("config.json", "mask_decoder_config.num_attention_heads", "3")]
    [InlineData("config.json", "mask_decoder_config.layer_norm_eps", "1e999")]
    [InlineData("preprocessor_config.json", "do_pad", "false")]
    [InlineData("preprocessor_config.json", "resample", "3")]
    [InlineData("preprocessor_config.json", "size.longest_edge", "2048")]
    [InlineData("preprocessor_config.json", "pad_size.height", "64")]
    [InlineData("preprocessor_config.json", "image_std", "[1, 0, 1]")]
    [InlineData("preprocessor_config.json", "image_mean", "[1, 0]")]
    public void A_wrong_field_is_named(string file, string field, string value)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(_folder[file]))!;
        string[] path = field.Split('.');
        JsonNode owner = path.Length == 1 ? root : root[path[0]]!;
        owner[path[^1]] = "@";
        File.WriteAllText(_folder[file], root.ToJsonString().Replace("\"@\"", value, StringComparison.Ordinal));
        string message = Assert.ThrowsAny<ModelFormatException>(() => SamSegmenter.FromPretrained(_folder.Path)).Message;
        Assert.Contains(file, message);
        Assert.Contains($"'{field}'", message);
    }

    [Fact]
    public void Options_out_of_range_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => SamSegmenter.FromPretrained(_folder.Path, new SamSegmenterOptions { CachedImages = -1 }));

    private void Rewrite(Action<Dictionary<string, Tensor>> change)
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>();
        using (SafetensorsReader reader = SafetensorsReader.Open(_folder["model.safetensors"]))
        {
            foreach (string name in reader.Entries.Keys)
                tensors.Add(name, reader.Read(name));
        }

        change(tensors);
        SafetensorsWriter.WriteFile(_folder["model.safetensors"], tensors);
    }
}
