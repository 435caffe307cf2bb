using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Tensors;
using static TorchSharp.torch;

namespace Pixelis.Golden.Tests.Generation;

/// <summary>A golden model with the prompts of its case and the greedy continuations that the reference gives.</summary>
internal sealed class GreedyCase : IDisposable
{
    private GreedyCase(QwenModel model, IReadOnlyList<Prompt> prompts, IReadOnlyList<int[]> expected)
    {
        Model = model;
        Prompts = prompts;
        Expected = expected;
    }

    public QwenModel Model { get; }

    /// <summary>The unpadded prompt of every row.</summary>
    public IReadOnlyList<Prompt> Prompts { get; }

    /// <summary>Greedy token ids of every row.</summary>
    public IReadOnlyList<int[]> Expected { get; }

    /// <summary>What the reference did: no sampling, a fixed number of tokens.</summary>
    public GenerationOptions Options => new() { MaxNewTokens = Expected[0].Length, IgnoreEndOfTurn = true };

    public static GreedyCase Load(string folder)
    {
        using var scope = NewDisposeScope();
        using SafetensorsReader expected = SafetensorsReader.Open(Path.Combine(folder, "expected.safetensors"));
        QwenModel model = QwenModel.FromPretrained(folder, new QwenModelOptions { DataType = ScalarType.Float32 });
        int length = (int)Longs(expected, "prompt_len")[0];
        long[] ids = Longs(expected, "input_ids"), mask = Longs(expected, "attention_mask"), greedy = Longs(expected, "greedy_ids");
        int rows = (int)expected.Entries["input_ids"].Shape[0], columns = ids.Length / rows, count = greedy.Length / rows;
        var pictures = new PictureQueue(expected, model.Config);
        var prompts = new List<Prompt>();
        for (int row = 0; row < rows; row++)
        {
            int start = row * columns;
            prompts.Add(pictures.PromptOf([.. Enumerable.Range(start, length).Where(i => mask[i] == 1).Select(i => (int)ids[i])]));
        }
        return new GreedyCase(model, prompts, [.. greedy.Select(id => (int)id).Chunk(count)]);
    }

    /// <summary>Continues a row step by step, each time over the whole sequence, without any cache.</summary>
    public int[] WithoutCache(int row)
    {
        var tokens = new List<int>(Prompts[row].TokenIds);
        int first = tokens.Count;
        for (int i = 0; i < Expected[row].Length; i++)
        {
            using IDisposable mode = inference_mode();
            using var scope = NewDisposeScope();
            ModelInputs inputs = Pixelis.Generation.Running.PromptInputs.Slice(new Prompt(tokens, Prompts[row].Visuals), 0, tokens.Count, CPU);
            ModelOutput output = Model.Forward(inputs, null, new ForwardOptions { Logits = LogitsSelection.Last });
            tokens.Add((int)output.Logits!.reshape(-1).argmax().item<long>());
        }
        return [.. tokens.Skip(first)];
    }

    public void Dispose() => Model.Dispose();

    internal static long[] Longs(SafetensorsReader reader, string name) =>
        reader.Entries.ContainsKey(name) ? reader.Read(name).to(ScalarType.Int64).reshape(-1).data<long>().ToArray() : [];
}
