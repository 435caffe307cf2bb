using System.Text.Json.Nodes;
using Pixelis.Modeling;
using Pixelis.Tensors;
using Pixelis.TestKit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

public sealed class QwenModelLoadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, long.MaxValue)]
    [InlineData(false, 20_000)]
    public void Saved_and_loaded_it_is_the_same_whole_and_in_shards(bool tied, long shard)
    {
        using QwenModel model = SmallModel.Create(SmallModel.Vision(tied));
        model.SavePretrained(_folder.Path, shard);
        Assert.Equal(shard < long.MaxValue, File.Exists(_folder["model.safetensors.index.json"]));
        using QwenModel loaded = QwenModel.FromPretrained(_folder.Path);
        Dictionary<string, Parameter> original = model.Module.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        Assert.Equal(original.Keys.Order(), loaded.Module.named_parameters().Select(p => p.name).Order());
        Assert.Equal(tied, !original.ContainsKey("lm_head.weight"));
        foreach ((string name, Parameter parameter) in loaded.Module.named_parameters())
            Assert.Equal(original[name].bytes.ToArray(), parameter.bytes.ToArray());
        model.SavePretrained(_folder.Path); // over itself, in one piece: nothing old may stay
        Assert.Equal(["model.safetensors"], Directory.EnumerateFiles(_folder.Path, "model*").Select(Path.GetFileName));
    }

    [Fact]
    public void A_device_that_is_absent_is_told_in_one_sentence()
    {
        var problem = Assert.Throws<PixelisException>(() =>
            QwenModel.FromPretrained(_folder.Path, new QwenModelOptions { Device = torch.device("cuda:99") }));
        Assert.Contains("cuda:99", problem.Message, StringComparison.Ordinal);
        Assert.InRange(problem.Message.Length, 1, 200);
    }

    [Fact]
    public void Names_in_the_module_tree_are_those_of_the_weight_map()
    {
        foreach (QwenConfig config in new[] { SmallModel.Text(), SmallModel.Text(QwenArchitecture.Qwen2, tied: false), SmallModel.Vision() })
        {
            using QwenModel model = SmallModel.Create(config);
            Dictionary<string, long[]> expected = QwenWeightMap.Of(config).ToDictionary(spec => spec.Name, spec => spec.Shape);
            Dictionary<string, long[]> actual = model.Module.named_parameters().ToDictionary(p => p.name, p => p.parameter.shape);
            Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
            Assert.All(expected, pair => Assert.Equal(pair.Value, actual[pair.Key]));
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, ScalarType.BFloat16)]
    [InlineData(ScalarType.BFloat16, ScalarType.Float32)]
    [InlineData(ScalarType.Float16, ScalarType.Float32)]
    public void Weights_are_converted_on_request(ScalarType stored, ScalarType wanted)
    {
        SmallModel.Write(SmallModel.Text(), _folder.Path, stored);
        using QwenModel same = QwenModel.FromPretrained(_folder.Path);
        Assert.Equal(stored == ScalarType.Float16 ? ScalarType.Float32 : stored, same.DataType);
        using QwenModel model = QwenModel.FromPretrained(_folder.Path, new QwenModelOptions { DataType = wanted, Trainable = false });
        Assert.All(model.Module.parameters(), p => Assert.Equal(wanted, p.dtype));
        Assert.All(model.Module.parameters(), p => Assert.False(p.requires_grad));
        using ModelInputs inputs = SmallModel.Tokens(1, 2, 3);
        using ModelOutput output = model.Forward(inputs);
        Assert.Equal(wanted, output.Logits!.dtype);
    }

    [Fact]
    public void The_newer_spelling_of_keys_is_understood()
    {
        SmallModel.Write(SmallModel.Vision(), _folder.Path);
        Rewrite(tensors => tensors.ToDictionary(
            t => t.Key.StartsWith("model.", StringComparison.Ordinal) ? "model.language_model." + t.Key[6..] : "model." + t.Key, t => t.Value));
        using QwenModel model = QwenModel.FromPretrained(_folder.Path);
        Assert.Contains("visual.patch_embed.proj.weight", model.Module.named_parameters().Select(p => p.name));
    }

    [Fact]
    public void A_missing_tensor_is_named()
    {
        SmallModel.Write(SmallModel.Text(), _folder.Path);
        Rewrite(tensors => Without(tensors, "model.layers.1.mlp.up_proj.weight"));
        Expect<ModelFormatException>("model.layers.1.mlp.up_proj.weight", "missing");
    }

    [Fact]
    public void A_wrong_shape_is_named_with_both_shapes()
    {
        SmallModel.Write(SmallModel.Text(), _folder.Path);
        Rewrite(tensors => With(tensors, "model.norm.weight", torch.ones(31)));
        var e = Expect<SafetensorsException>("[31]", "[32]");
        Assert.Equal("model.norm.weight", e.Tensor);
    }

    [Fact]
    public void An_extra_tensor_is_an_error_unless_asked_otherwise()
    {
        SmallModel.Write(SmallModel.Text(), _folder.Path);
        Rewrite(tensors => With(tensors, "model.layers.0.surprise", torch.ones(3)));
        Expect<ModelFormatException>("model.layers.0.surprise", "not part of the model");
        using QwenModel model = QwenModel.FromPretrained(_folder.Path, new QwenModelOptions { Strict = false });
        Rewrite(tensors => With(Without(tensors, "model.layers.0.surprise"), "lm_head.weight", torch.ones(64, 32)));
        using QwenModel tied = QwenModel.FromPretrained(_folder.Path); // a tied head that was written all the same
    }

    [Fact]
    public void A_type_that_cannot_hold_weights_is_refused()
    {
        SmallModel.Write(SmallModel.Text(), _folder.Path);
        Rewrite(tensors => With(tensors, "model.norm.weight", torch.ones(32, dtype: ScalarType.Int32)));
        Expect<SafetensorsException>("I32", "model.norm.weight");
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused_on_request()
    {
        SmallModel.Write(SmallModel.Text(), _folder.Path);
        Tensor broken = torch.ones(32);
        broken[5] = float.NaN;
        Rewrite(tensors => With(tensors, "model.norm.weight", broken));
        using (QwenModel model = QwenModel.FromPretrained(_folder.Path))
            Assert.Equal(ScalarType.Float32, model.DataType);
        var e = Assert.Throws<SafetensorsException>(() => QwenModel.FromPretrained(_folder.Path, new QwenModelOptions { CheckFinite = true }));
        Assert.Equal("model.norm.weight", e.Tensor);
    }

    [Fact]
    public void Missing_shards_and_files_outside_the_folder_are_refused()
    {
        SmallModel.Write(SmallModel.Text(), _folder.Path, shard: 20_000);
        string index = _folder["model.safetensors.index.json"];
        string shard = Directory.EnumerateFiles(_folder.Path, "model-00002*").Single();
        string aside = _folder["aside"];
        File.Move(shard, aside);
        Expect<ModelFormatException>(Path.GetFileName(shard), "is missing");
        File.Move(aside, shard);

        JsonNode json = JsonNode.Parse(File.ReadAllText(index))!;
        string original = json.ToJsonString();
        foreach (string evil in new[] { "../model-00001.safetensors", "/etc/passwd", "model.bin", "" })
        {
            json["weight_map"]!["model.norm.weight"] = evil;
            File.WriteAllText(index, json.ToJsonString());
            Expect<ModelFormatException>("model.norm.weight", "plain name");
        }

        json["weight_map"]!["model.norm.weight"] = Path.GetFileName(Directory.EnumerateFiles(_folder.Path, "model-00001*").Single());
        File.WriteAllText(index, json.ToJsonString());
        Expect<SafetensorsException>("model.norm.weight", "is not in the file");
        File.WriteAllText(index, "{}");
        Expect<ModelFormatException>("weight_map");
        File.WriteAllText(index, original);
        using QwenModel model = QwenModel.FromPretrained(_folder.Path);
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        SmallModel.Write(SmallModel.Text(), _folder.Path);
        using (FileStream file = File.OpenWrite(_folder["model.safetensors"]))
            file.SetLength(file.Length - 100);
        Expect<SafetensorsException>("truncated");
        File.Delete(_folder["model.safetensors"]);
        Expect<ModelFormatException>("neither model.safetensors nor");
    }

    [Fact]
    public void A_failure_leaves_no_tensor_behind()
    {
        SmallModel.Write(SmallModel.Text(), _folder.Path);
        Tensor broken = torch.ones(32);
        broken[5] = float.NaN;
        Rewrite(tensors => With(tensors, "model.layers.1.input_layernorm.weight", broken));
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        Assert.Throws<SafetensorsException>(
            () => QwenModel.FromPretrained(_folder.Path, new QwenModelOptions { CheckFinite = true, DataType = ScalarType.BFloat16 }));
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        QwenModel.FromPretrained(_folder.Path).Dispose();
        Assert.InRange(DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount, 0, before);
    }

    [Fact]
    public void Training_a_mapped_weight_leaves_the_file_alone()
    {
        SmallModel.Write(SmallModel.Text(), _folder.Path);
        byte[] before = File.ReadAllBytes(_folder["model.safetensors"]);
        using (QwenModel model = QwenModel.FromPretrained(_folder.Path))
        {
            using IDisposable noGrad = torch.no_grad();
            foreach (Parameter parameter in model.Module.parameters())
                parameter.mul_(2);
        }

        Assert.Equal(before, File.ReadAllBytes(_folder["model.safetensors"]));
    }

    private static Dictionary<string, Tensor> Without(Dictionary<string, Tensor> tensors, string name)
    {
        Assert.True(tensors.Remove(name));
        return tensors;
    }

    private static Dictionary<string, Tensor> With(Dictionary<string, Tensor> tensors, string name, Tensor tensor)
    {
        tensors[name] = tensor;
        return tensors;
    }

    private T Expect<T>(params string[] parts)
        where T : ModelFormatException
    {
        T e = Assert.Throws<T>(() => QwenModel.FromPretrained(_folder.Path));
        Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
        return e;
    }

    private void Rewrite(Func<Dictionary<string, Tensor>, Dictionary<string, Tensor>> change)
    {
        Dictionary<string, Tensor> tensors;
        using (SafetensorsReader reader = SafetensorsReader.Open(_folder["model.safetensors"]))
            tensors = reader.Entries.Keys.ToDictionary(key => key, reader.Read);
        SafetensorsWriter.WriteFile(_folder["model.safetensors"], change(tensors));
    }
}
