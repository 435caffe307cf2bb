using System.Text.Json.Nodes;
using Pixelis.Tensors;
using Pixelis.TestKit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Modeling.Tests;

public sealed class AdapterSetTests : IDisposable
{
    private readonly TinyTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("q_proj", 2)]
    [InlineData("gate_proj", 3)] // the trap: the vision tower has one too
    [InlineData("layers.1.mlp.gate_proj", 1)]
    public void Names_hit_whole_path_ends(string name, int layers)
    {
        using var set = new AdapterSet(_tree);
        set.Add("a", new LoraOptions { Targets = LoraTargets.Named(name) });
        Assert.Equal(layers, set.Layers("a").Count);
    }

    [Fact]
    public void The_default_hits_the_decoder_only_and_all_linear_spares_the_head()
    {
        using var set = new AdapterSet(_tree);
        set.Add("default", new LoraOptions());
        Assert.Equal(4, set.Layers("default").Count);
        set.Add("all", new LoraOptions { Targets = LoraTargets.AllLinear });
        Assert.Equal(5, set.Layers("all").Count);
        Assert.DoesNotContain("lm_head", set.Layers("all").Keys);
        set.Add("new", new LoraOptions { Targets = LoraTargets.Matching(@"model\.language_model\..*q_proj") });
        Assert.Equal(2, set.Layers("new").Count);
        set.Add("less", new LoraOptions { Targets = LoraTargets.AllLinear, Excluded = LoraTargets.Named("gate_proj") });
        Assert.Equal(2, set.Layers("less").Count);
        set.Add("one", new LoraOptions { LayerIndexes = [1] });
        Assert.Equal(2, set.Layers("one").Count);
        Assert.Throws<PixelisException>(() => set.Add("none", new LoraOptions { Targets = LoraTargets.Named("nothing") }));
    }

    [Fact]
    public void Rank_and_alpha_patterns_and_the_stabilised_scale_are_followed()
    {
        using var set = new AdapterSet(_tree);
        set.Add("a", new LoraOptions
        {
            Rank = 4,
            Alpha = 8,
            RankPattern = new Dictionary<string, int> { [@"layers\.1\.self_attn\.q_proj"] = 2 },
            AlphaPattern = new Dictionary<string, double> { ["q_proj"] = 6 },
            UseRankStabilizedScale = true,
        });
        Assert.Equal(2, set.Layers("a")["model.layers.1.self_attn.q_proj"].A.shape[0]);
        Assert.Equal(6 / Math.Sqrt(2), set.Layers("a")["model.layers.1.self_attn.q_proj"].Scale, 6);
        Assert.Equal(6 / Math.Sqrt(4), set.Layers("a")["model.layers.0.self_attn.q_proj"].Scale, 6);
        Assert.Equal(8 / Math.Sqrt(4), set.Layers("a")["model.layers.0.mlp.gate_proj"].Scale, 6);
    }

    [Fact]
    public void A_fresh_adapter_changes_nothing_a_filled_one_adds_its_product_and_several_switch()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGrad = torch.no_grad();
        using var set = new AdapterSet(_tree);
        Tensor x = torch.randn([3, 8]);
        Tensor before = _tree.Query(0).Forward(x);
        set.Add("one", Only("q_proj"));
        Assert.Equal(0f, Difference(before, _tree.Query(0).Forward(x)));
        LoraLinear layer = set.Layers("one")["model.layers.0.self_attn.q_proj"];
        layer.B.copy_(torch.randn(layer.B.shape));
        Tensor expected = before + (x.matmul(layer.A.t()).matmul(layer.B.t()) * layer.Scale);
        Assert.True(Difference(expected, _tree.Query(0).Forward(x)) < 1e-5);
        set.Add("two", Only("q_proj"));
        Assert.Equal(0f, Difference(before, _tree.Query(0).Forward(x)));
        set.Activate("one");
        using (set.Suspend())
        {
            using (set.Suspend())
                Assert.Equal(0f, Difference(before, _tree.Query(0).Forward(x)));
            Assert.Equal(0f, Difference(before, _tree.Query(0).Forward(x)));
        }

        Assert.True(Difference(expected, _tree.Query(0).Forward(x)) < 1e-5);
        set.Remove("one");
        Assert.Null(set.Active);
        Assert.Equal(0f, Difference(before, _tree.Query(0).Forward(x)));
    }

    [Fact]
    public void A_copy_stays_where_it_was_and_learns_nothing()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var set = new AdapterSet(_tree);
        set.Add("policy", Only("q_proj"));
        LoraLinear layer = set.Layers("policy")["model.layers.0.self_attn.q_proj"];
        using (torch.no_grad())
            layer.B.copy_(torch.randn(layer.B.shape));
        Tensor x = torch.randn([3, 8]);
        using IDisposable noGrad = torch.no_grad();
        Tensor before = _tree.Query(0).Forward(x);
        set.Copy("policy", "anchor");
        Assert.Equal("policy", set.Active);
        layer.B.add_(1);
        Assert.NotEqual(0f, Difference(before, _tree.Query(0).Forward(x)));
        set.Activate("anchor");
        Assert.Equal(0f, Difference(before, _tree.Query(0).Forward(x)));
        using (torch.enable_grad())
            Assert.False(_tree.Query(0).Forward(x).requires_grad);
        Assert.True(layer.B.requires_grad);
        Assert.Equal(set.OptionsOf("policy"), set.OptionsOf("anchor"));
        Assert.Throws<ArgumentException>(() => set.Copy("policy", "anchor"));
        Assert.Throws<ArgumentException>(() => set.Copy("nobody", "other"));
        Assert.False(set.IsSuspended);
        using (set.Suspend())
            Assert.True(set.IsSuspended);
        Assert.False(set.IsSuspended);
    }

    [Fact]
    public void Merging_is_undone_bit_for_bit_and_refuses_what_is_not_finite()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var set = new AdapterSet(_tree);
        set.Add("a", Only("q_proj"));
        LoraLinear layer = set.Layers("a")["model.layers.1.self_attn.q_proj"];
        using (torch.no_grad())
            layer.B.copy_(torch.randn(layer.B.shape));
        byte[] before = _tree.Query(1).Weight.bytes.ToArray();
        Tensor x = torch.randn([3, 8]);
        Tensor with = _tree.Query(1).Forward(x).detach();
        set.Merge();
        Assert.NotEqual(before, _tree.Query(1).Weight.bytes.ToArray());
        Assert.True(Difference(with, _tree.Query(1).Forward(x).detach()) < 1e-5);
        Assert.Throws<InvalidOperationException>(() => set.Suspend());
        set.Unmerge();
        Assert.Equal(before, _tree.Query(1).Weight.bytes.ToArray());
        using (torch.no_grad())
            layer.B.fill_(float.PositiveInfinity);
        Assert.Throws<PixelisException>(set.Merge);
        Assert.Equal(before, _tree.Query(1).Weight.bytes.ToArray());
    }

    [Fact]
    public void The_base_is_frozen_and_only_the_adapter_learns()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var set = new AdapterSet(_tree);
        set.Add("a", Only("q_proj"));
        _tree.Query(0).Forward(torch.randn([3, 8])).sum().backward();
        Assert.Null(_tree.Query(0).Weight.grad);
        Assert.NotNull(set.Layers("a")["model.layers.0.self_attn.q_proj"].B.grad);
        Assert.Equal(
            ["model.layers.0.self_attn.q_proj.lora_A.weight", "model.layers.0.self_attn.q_proj.lora_B.weight"],
            set.NamedParameters("a").Select(p => p.Name).Take(2));
    }

    [Fact]
    public void What_is_saved_is_minimal_and_loads_again()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var set = new AdapterSet(_tree);
        set.Add("a", Only("q_proj") with { Rank = 3, Alpha = 5, RankPattern = new Dictionary<string, int> { ["layers.1.self_attn.q_proj"] = 2 } });
        set.Save("a", folder["x"]);
        string config = File.ReadAllText(Path.Combine(folder["x"], "adapter_config.json"));
        Assert.Contains("\"peft_type\": \"LORA\"", config, StringComparison.Ordinal);
        Assert.Contains("\"q_proj\"", config, StringComparison.Ordinal);
        Assert.DoesNotContain("dora", config, StringComparison.Ordinal);
        set.Load(folder["x"], "b");
        Assert.Equal(2, set.Layers("b")["model.layers.1.self_attn.q_proj"].A.shape[0]);
        foreach ((string path, LoraLinear layer) in set.Layers("a"))
        {
            Assert.Equal(layer.A.bytes.ToArray(), set.Layers("b")[path].A.bytes.ToArray());
            Assert.Equal(layer.Scale, set.Layers("b")[path].Scale);
        }
    }

    [Theory]
    [InlineData("\"use_dora\": true", "use_dora")]
    [InlineData("\"bias\": \"all\"", "bias")]
    [InlineData("\"lora_bias\": true", "lora_bias")]
    [InlineData("\"modules_to_save\": [\"embed_tokens\"]", "modules_to_save")]
    [InlineData("\"layer_replication\": [[0, 1]]", "layer_replication")]
    [InlineData("\"target_parameters\": [\"x\"]", "target_parameters")]
    [InlineData("\"init_lora_weights\": \"pissa\"", "init_lora_weights")]
    [InlineData("\"fan_in_fan_out\": true", "fan_in_fan_out")]
    [InlineData("\"r\": 0", "'r'")]
    [InlineData("\"r\": \"many\"", "'r'")]
    [InlineData("\"target_modules\": \"(\"", "regular expression")]
    [InlineData("\"peft_type\": \"IA3\"", "peft_type")]
    public void Settings_that_would_compute_something_else_are_refused(string setting, string named)
    {
        using var folder = new TemporaryFolder();
        using var set = new AdapterSet(_tree);
        set.Add("a", Only("q_proj"));
        set.Save("a", folder.Path);
        JsonObject config = JsonNode.Parse(File.ReadAllText(folder["adapter_config.json"]))!.AsObject();
        foreach ((string field, JsonNode? value) in JsonNode.Parse($"{{{setting}}}")!.AsObject())
            config[field] = value?.DeepClone();
        File.WriteAllText(folder["adapter_config.json"], config.ToJsonString());
        var e = Assert.Throws<ModelFormatException>(() => set.Load(folder.Path, "b"));
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], set.Names);
    }

    [Fact]
    public void Matrices_that_do_not_fit_are_refused_by_name()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var set = new AdapterSet(_tree);
        set.Add("a", Only("q_proj"));
        set.Save("a", folder.Path);
        string weights = folder["adapter_model.safetensors"];
        const string Key = "base_model.model.model.layers.0.self_attn.q_proj.lora_";
        Rewrite(weights, tensors => tensors[Key + "A.weight"] = torch.zeros([8, 7]));
        Assert.Contains("[8, 8]", Assert.Throws<SafetensorsException>(() => set.Load(folder.Path, "b")).Message, StringComparison.Ordinal);
        Rewrite(weights, tensors => tensors.Remove(Key + "A.weight"));
        Assert.Contains("no partner", Assert.Throws<SafetensorsException>(() => set.Load(folder.Path, "b")).Message, StringComparison.Ordinal);
        Rewrite(weights, tensors => tensors["base_model.model.model.layers.9.self_attn.q_proj.lora_A.weight"] = torch.zeros([8, 8]));
        Assert.Contains("no linear layer", Assert.Throws<SafetensorsException>(() => set.Load(folder.Path, "b")).Message, StringComparison.Ordinal);
    }

    private static LoraOptions Only(string name) => new() { Targets = LoraTargets.Named(name) };

    private static float Difference(Tensor a, Tensor b) => (a - b).abs().max().item<float>();

    private static void Rewrite(string path, Action<Dictionary<string, Tensor>> change)
    {
        Dictionary<string, Tensor> tensors;
        using (SafetensorsReader reader = SafetensorsReader.Open(path))
            tensors = reader.Entries.Keys.ToDictionary(key => key, reader.Read);
        change(tensors);
        SafetensorsWriter.WriteFile(path, tensors);
    }
}
