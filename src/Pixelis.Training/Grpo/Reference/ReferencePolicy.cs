using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>
/// The policy that training is held near: what the model was when training began. Used by the thread that trains.
/// </summary>
/// <remarks>
/// Make it before a checkpoint of the run is read back: the anchor is where the run began, not where it goes on. <see cref="Fingerprint"/>
/// is among a run's settings, so that a run is not resumed against another anchor.
/// </remarks>
public sealed class ReferencePolicy : IDisposable
{
    private readonly AdapterSet? _adapters;
    private readonly string? _copy;
    private readonly WeightSwap? _weights;
    private bool _isUsed;

    private ReferencePolicy(ReferenceAnchor anchor, AdapterSet? adapters, string? copy, WeightSwap? weights)
    {
        Anchor = anchor;
        _adapters = adapters;
        _copy = copy;
        _weights = weights;
        Fingerprint = Hash();
    }

    /// <summary>What the reference is.</summary>
    public ReferenceAnchor Anchor { get; }

    /// <summary>Names the reference: the anchor, with a SHA-256 sum of the frozen copy where there is one.</summary>
    public string Fingerprint { get; }

    /// <summary>Freezes the reference of a model as it is now.</summary>
    /// <param name="model">The model in training. Not owned.</param>
    /// <param name="adapters">Its adapters, of which the active one is trained; null when weights are trained themselves. Not owned.</param>
    /// <param name="anchor">
    /// What to take; null (default) decides: adapters off for an active adapter that changes nothing yet, else a frozen copy of it; without
    /// adapters a frozen copy of the parameters that ask for gradients.
    /// </param>
    /// <exception cref="PixelisException">The anchor asked for would be the wrong one, or nothing is trained; the message says why.</exception>
    public static ReferencePolicy For(ICausalModel model, AdapterSet? adapters = null, ReferenceAnchor? anchor = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (adapters is null)
            return OfWeights(model, anchor);
        if (adapters.Active is not { } active)
            throw new PixelisException("The adapter set has no active adapter; add or activate the one to be trained before making its reference.");
        if (adapters.Merged is { } merged)
            throw new PixelisException($"Adapter '{merged}' is merged into the weights, so that neither it nor the model without it can be told apart; unmerge it first.");
        bool isFresh = ChangesNothing(adapters, active);
        switch (anchor ?? (isFresh ? ReferenceAnchor.AdapterOff : ReferenceAnchor.FrozenAdapter))
        {
            case ReferenceAnchor.AdapterOff when !isFresh:
                throw new PixelisException(
                    $"Adapter '{active}' is not zero: it holds earlier training. With adapters off the reference would be the model before that training, and the KL would pull it out again. Use FrozenAdapter, or leave the choice open.");
            case ReferenceAnchor.AdapterOff:
                return new ReferencePolicy(ReferenceAnchor.AdapterOff, adapters, null, null);
            case ReferenceAnchor.FrozenAdapter:
                string copy = $"{active}-reference";
                adapters.Copy(active, copy);
                return new ReferencePolicy(ReferenceAnchor.FrozenAdapter, adapters, copy, null);
            default:
                throw new PixelisException($"Adapter '{active}' is trained and the weights stay as they are; a copy of them would not hold what the adapter adds. Use FrozenAdapter, or leave the choice open.");
        }
    }

    /// <summary>Makes the model compute as the reference, dropout of adapters off, until the result is disposed; then all is as it was, bit for bit.</summary>
    /// <exception cref="InvalidOperationException">It is in use already, or adapters are suspended or merged: then the wrong policy would answer.</exception>
    public IDisposable Use()
    {
        if (_isUsed)
            throw new InvalidOperationException("The reference is in use already.");
        if (_adapters is { IsSuspended: true } or { Merged: not null })
            throw new InvalidOperationException("Adapters are suspended or merged, so the reference would not be what it was made as; end that first.");
        IDisposable ending = Begin();
        _isUsed = true;
        return ending;
    }

    /// <summary>Frees the frozen copy. The model, its adapters and weights stay.</summary>
    public void Dispose()
    {
        if (_copy is not null && _adapters!.Names.Contains(_copy))
            _adapters.Remove(_copy);
        _weights?.Dispose();
    }

    private static ReferencePolicy OfWeights(ICausalModel model, ReferenceAnchor? anchor)
    {
        if (anchor is { } asked && asked != ReferenceAnchor.FrozenWeights)
            throw new PixelisException($"{asked} was asked for, but no adapters were given: trained weights need FrozenWeights. Hand over the adapter set if an adapter is trained.");
        var trained = model.Module.named_parameters().Where(p => p.parameter.requires_grad).Select(p => (p.name, p.parameter)).ToArray();
        if (trained.Length == 0)
            throw new PixelisException("No parameter of the model asks for gradients; choose what is trained before making the reference.");
        return new ReferencePolicy(ReferenceAnchor.FrozenWeights, null, null, new WeightSwap(model.Module, trained));
    }

    private static bool ChangesNothing(AdapterSet adapters, string name)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        return adapters.Layers(name).Values.All(layer => layer.B.abs().max().ToDouble() == 0 || layer.A.abs().max().ToDouble() == 0);
    }

    private IDisposable Begin()
    {
        if (_weights is not null)
        {
            _weights.Swap();
            return new Ending(this, _weights.Swap);
        }

        (bool training, string? active) = (_adapters!.Training, _adapters.Active);
        _adapters.Training = false;
        if (Anchor == ReferenceAnchor.AdapterOff)
        {
            IDisposable suspension = _adapters.Suspend();
            return new Ending(this, () =>
            {
                suspension.Dispose();
                _adapters.Training = training;
            });
        }

        _adapters.Activate(_copy);
        return new Ending(this, () =>
        {
            _adapters.Activate(active);
            _adapters.Training = training;
        });
    }

    private string Hash()
    {
        IEnumerable<(string Name, Tensor Value)> frozen = _weights?.Copies ?? (_copy is null ? [] : _adapters!.NamedParameters(_copy).Select(p => (p.Name, (Tensor)p.Parameter)));
        if (Anchor == ReferenceAnchor.AdapterOff)
            return Anchor.ToString();
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            using IDisposable noGrad = torch.no_grad();
            foreach ((string name, Tensor value) in frozen.OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                using DisposeScope scope = torch.NewDisposeScope();
                stream.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name} {value.dtype} {string.Join(',', value.shape)}\n")));
                value.detach().cpu().contiguous().WriteBytesToStream(stream, 1 << 20);
            }
        }

        return $"{Anchor} {Convert.ToHexStringLower(hash.Hash!)}";
    }

    private sealed class Ending(ReferencePolicy policy, Action restore) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (_ended)
                return;
            _ended = true;
            restore();
            policy._isUsed = false;
        }
    }
}
