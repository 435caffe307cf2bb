using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <content>Pictures to features, with a memory of those shown before.</content>
public sealed partial class QwenModel
{
    private readonly VisionMemory _seen;
    private long _seenWith = -1;
    private bool _towerTrains;

    /// <summary>How many images and videos the vision tower has looked at; those taken from the memory of pictures do not count.</summary>
    public long PicturesEncoded { get; private set; }

    /// <summary>
    /// Empties the memory of pictures (<see cref="QwenModelOptions.VisionMemoryBytes"/>). The model does so itself when an adapter of the
    /// vision tower changes and when the tower was trained; code that writes to the tower's weights in another way calls this.
    /// </summary>
    public void ForgetPictures() => _seen.Clear();

    /// <summary>Features of pictures, <c>[features, H]</c>, one picture after the other.</summary>
    private Tensor See(Tensor pixels, IReadOnlyList<VisionGrid> grids, IReadOnlyList<string?> keys)
    {
        bool mayRemember = MayRemember(); // asked of every pass: one with gradients says that the weights are about to change
        if (keys.Count == 0 || !mayRemember)
        {
            PicturesEncoded += grids.Count;
            return _network.Vision!.Forward(pixels, grids);
        }
        // One by one, whether or not they are remembered: the same numbers come out either way, since the order of sums in a matrix
        // product may depend on the number of its rows.
        var features = new Tensor[grids.Count];
        long row = 0;
        for (int i = 0; i < grids.Count; i++)
        {
            features[i] = keys[i] is { } key && _seen.Find(key) is { } known ? known : Encode(pixels.narrow(0, row, grids[i].PatchCount), grids[i]);
            row += grids[i].PatchCount;
        }
        Tensor all = features.Length == 1 ? features[0].alias() : torch.cat(features, 0);
        for (int i = 0; i < grids.Count; i++)
        {
            if (keys[i] is { } key)
                _seen.Add(key, features[i]);
        }
        return all;
    }

    private Tensor Encode(Tensor pixels, VisionGrid grid)
    {
        PicturesEncoded++;
        return _network.Vision!.Forward(pixels, [grid]);
    }

    /// <summary>Whether this pass may use and fill the memory; empties it when the weights behind it may have changed.</summary>
    private bool MayRemember()
    {
        QwenVisionTower tower = _network.Vision!;
        if (torch.is_grad_enabled())
        {
            // An optimizer step may follow at any time until the weights are frozen again.
            _towerTrains |= tower.HasAdapter || tower.AsksForGradients;
            return false;
        }
        if (_towerTrains)
        {
            _seen.Clear();
            _towerTrains = tower.HasAdapter || tower.AsksForGradients;
        }
        long revision = tower.Revision;
        if (revision != _seenWith)
            _seen.Clear();
        _seenWith = revision;
        return !_towerTrains && !tower.HasAdapter;
    }
}
