using Pixelis.Models.Qwen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Tiny;

/// <summary>
/// What the language model begins with instead of plain noise: heads that find again what was said. Where a pattern "A B ... A" was seen, such a
/// pair of heads answers B: one head carries each token to the next position, later ones look for the position that was handed the present
/// token (induction heads: Olsson et al. 2022, "In-context Learning and Induction Heads"). Left to itself a model of this size, on two
/// cores, does not find them within the recipe's steps; begun with them it only has to learn when to use them. That first weights may
/// imitate what training would reach is from Trockman and Kolter 2023, "Mimetic Initialization of Self-Attention Layers"; this pair of
/// heads is ours. All of it is ordinary weights: training may change any of them.
/// </summary>
internal sealed class FirstWeights(QwenModel model)
{
    private const int MatchingLayers = 3;

    // Sharpness of "the token before", from the pairs of a head that turn fastest; the others are too slow to tell neighbours apart.
    private const int FastPairs = 6;
    private const double PreviousSharpness = 5;

    // Matching uses the slow pairs only: the fast ones would ask for a certain distance.
    private const int PairsNotMatched = 14;
    private const double MatchingSharpness = 2;

    // Heads speak as loudly as the embeddings do, and what layers add at first is a tenth of what chance would give: tokens stay recognisable.
    private const double HeadLoudness = TinyShape.InitialDeviation, LayerLoudness = 0.1;

    private readonly Dictionary<string, Parameter> _weights = model.Module.named_parameters().Where(p => !p.name.Contains("visual", StringComparison.Ordinal))
        .ToDictionary(p => p.name[p.name.IndexOf("model.", StringComparison.Ordinal)..], p => p.parameter);

    private readonly int _size = model.Config.Text.HeadSize, _hidden = model.Config.Text.HiddenSize;
    private readonly int _sharing = model.Config.Text.HeadCount / model.Config.Text.KeyValueHeadCount;

    /// <summary>Sets them.</summary>
    /// <param name="seed">Of the directions in which heads read and write.</param>
    public void Set(int seed)
    {
        using IDisposable quiet = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Quieten();
        using var chance = new Generator((ulong)seed);
        Tensor said = Directions(chance), handedOn = Directions(chance);
        CarryToTheNext(said, handedOn);
        for (int layer = 1; layer <= MatchingLayers; layer++)
            Match(layer, said, handedOn, Directions(chance));
    }

    private Parameter Attention(int layer, string name) => _weights[$"model.layers.{layer}.self_attn.{name}"];

    private void Quieten()
    {
        foreach ((string name, Parameter weight) in _weights)
        {
            if (name.EndsWith("o_proj.weight", StringComparison.Ordinal) || name.EndsWith("down_proj.weight", StringComparison.Ordinal))
                weight.mul_(LayerLoudness);
        }
    }

    // The first heads of layer 0: wherever they are, they look one token back, whatever it is, and hand its likeness on.
    private void CarryToTheNext(Tensor said, Tensor handedOn)
    {
        Tensor asked = zeros([_size]), offered = zeros([_size]);
        for (int pair = 0; pair < FastPairs; pair++)
        {
            double turn = Math.Pow(TinyShape.RopeTheta, -2.0 * pair / _size); // of one position
            asked[pair] = tensor((float)PreviousSharpness);
            offered[pair] = tensor((float)(PreviousSharpness * Math.Cos(turn)));
            offered[pair + _size / 2] = tensor((float)(PreviousSharpness * Math.Sin(turn)));
        }
        Read(0, "q_proj.bias", asked, kept: 0);
        Read(0, "k_proj.bias", offered, kept: 0);
        Read(0, "q_proj.weight", null, kept: 0.2);
        Read(0, "k_proj.weight", null, kept: 0.2);
        Read(0, "v_proj.weight", said, kept: 0);
        Write(0, handedOn);
    }

    // The first heads of a later layer: they look for where the present token was handed on, and say what stands there.
    private void Match(int layer, Tensor said, Tensor handedOn, Tensor spoken)
    {
        Read(layer, "q_proj.bias", null, kept: 0.1);
        Read(layer, "k_proj.bias", null, kept: 0.1);
        Read(layer, "q_proj.weight", SlowPairs(said), kept: 0.2);
        Read(layer, "k_proj.weight", SlowPairs(handedOn), kept: 0.2);
        Read(layer, "v_proj.weight", spoken, kept: 0);
        Write(layer, spoken);
    }

    // Rows of the first key and value head, and of all query heads that share it.
    private void Read(int layer, string name, Tensor? value, double kept)
    {
        for (int head = 0; head < (name[0] == 'q' ? _sharing : 1); head++)
        {
            Tensor rows = Attention(layer, name).narrow(0, head * _size, _size).mul_(kept);
            if (value is not null)
                rows.add_(value);
        }
    }

    private void Write(int layer, Tensor directions)
    {
        for (int head = 0; head < _sharing; head++)
            Attention(layer, "o_proj.weight").narrow(1, head * _size, _size).copy_(directions.t() * HeadLoudness);
    }

    private Tensor SlowPairs(Tensor directions)
    {
        Tensor slow = directions * MatchingSharpness;
        slow.narrow(0, 0, PairsNotMatched).zero_();
        slow.narrow(0, _size / 2, PairsNotMatched).zero_();
        return slow;
    }

    // Nearly orthogonal, of length 1.
    private Tensor Directions(Generator chance) => randn([_size, _hidden], generator: chance) / Math.Sqrt(_hidden);
}
