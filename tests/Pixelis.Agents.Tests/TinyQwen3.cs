using System.Text.Json;
using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.RandomModels;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Agents.Tests;

/// <summary>A Qwen3 folder of two layers with random weights: the tokenizer of the tiny vision model, and a text decoder of its own.</summary>
internal static class TinyQwen3
{
    private const int Hidden = 32, Heads = 4, KeyValueHeads = 2, HeadSize = 16, FeedForward = 64, Layers = 2;

    public static void Write(string folder)
    {
        RandomModel.Write(folder, RandomModelShape.Find("tiny")!, new RandomModelOptions { DataType = ScalarType.Float32 });
        foreach (string file in Directory.EnumerateFiles(folder, "*.safetensors").Append(Path.Combine(folder, "preprocessor_config.json")))
            File.Delete(file);
        QwenConfig donor = QwenConfig.Load(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["architectures"] = new[] { "Qwen3ForCausalLM" },
            ["model_type"] = "qwen3",
            ["vocab_size"] = donor.Text.VocabularySize,
            ["hidden_size"] = Hidden,
            ["intermediate_size"] = FeedForward,
            ["num_hidden_layers"] = Layers,
            ["num_attention_heads"] = Heads,
            ["num_key_value_heads"] = KeyValueHeads,
            ["head_dim"] = HeadSize,
            ["hidden_act"] = "silu",
            ["rms_norm_eps"] = 1e-6,
            ["rope_theta"] = 1_000_000.0,
            ["max_position_embeddings"] = 4096,
            ["tie_word_embeddings"] = true,
            ["attention_bias"] = false,
            ["torch_dtype"] = "float32",
            ["eos_token_id"] = donor.EndOfTurnTokenIds,
        }));
        (string Name, long[] Shape)[] weights = [.. Weights(donor.Text.VocabularySize).OrderBy(w => w.Name, StringComparer.Ordinal)];
        using var writer = new SafetensorsWriter(Path.Combine(folder, "model.safetensors"), weights.Select(w => (w.Name, ScalarType.Float32, w.Shape)));
        random.manual_seed(7);
        foreach ((string name, long[] shape) in weights)
        {
            using Tensor weight = shape.Length == 1 ? ones(shape) : randn(shape) * 0.1;
            writer.Write(weight);
        }
        writer.Commit();
    }

    private static IEnumerable<(string Name, long[] Shape)> Weights(int vocabulary)
    {
        yield return ("model.embed_tokens.weight", [vocabulary, Hidden]);
        yield return ("model.norm.weight", [Hidden]);
        for (int layer = 0; layer < Layers; layer++)
        {
            string at = $"model.layers.{layer}.";
            yield return (at + "input_layernorm.weight", [Hidden]);
            yield return (at + "post_attention_layernorm.weight", [Hidden]);
            yield return (at + "self_attn.q_proj.weight", [Heads * HeadSize, Hidden]);
            yield return (at + "self_attn.k_proj.weight", [KeyValueHeads * HeadSize, Hidden]);
            yield return (at + "self_attn.v_proj.weight", [KeyValueHeads * HeadSize, Hidden]);
            yield return (at + "self_attn.o_proj.weight", [Hidden, Heads * HeadSize]);
            yield return (at + "self_attn.q_norm.weight", [HeadSize]);
            yield return (at + "self_attn.k_norm.weight", [HeadSize]);
            yield return (at + "mlp.gate_proj.weight", [FeedForward, Hidden]);
            yield return (at + "mlp.up_proj.weight", [FeedForward, Hidden]);
            yield return (at + "mlp.down_proj.weight", [Hidden, FeedForward]);
        }
    }
}
