using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A table of vectors, <c>[entries, width]</c>, looked up by index.</summary>
        public sealed class Embedding : Module<Tensor, Tensor>
        {
            private readonly long? _paddingIndex;
            private readonly bool _scaleByFrequency;
            private readonly bool _sparse;

            [Utils.ComponentName(Name = "weight")]
            private Parameter? _weight;

            internal Embedding(Parameter weight, long? paddingIndex, bool scaleByFrequency, bool sparse)
                : base(nameof(Embedding))
            {
                _weight = (Parameter)weight.DetachFromDisposeScope();
                register_parameter(nameof(weight), _weight);
                _paddingIndex = paddingIndex;
                _scaleByFrequency = scaleByFrequency;
                _sparse = sparse;
            }

            /// <summary>The table, <c>[entries, width]</c>.</summary>
            public Parameter? weight
            {
                get => _weight;
                set
                {
                    if (!ReferenceEquals(_weight, value))
                        _weight?.Dispose();
                    _weight = value?.DetachFromDisposeScope() as Parameter;
                    ConditionallyRegisterParameter(nameof(weight), _weight);
                }
            }

            /// <inheritdoc />
            public override Tensor forward(Tensor input) =>
                functional.Embed(input, _weight!, _paddingIndex ?? -1, _scaleByFrequency, _sparse);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A table of normal random vectors; the row of the padding index is zero. Limiting norms is not part of this runtime.</summary>
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                RefuseNormLimit(max_norm);
                Parameter weight = init.NewParameter([num_embeddings, embedding_dims], device, dtype);
                init.normal_(weight);
                if (padding_idx is long padding)
                {
                    using IDisposable frozen = no_grad();
                    using Tensor row = weight.select(0, padding);
                    row.zero_();
                }
                return new Embedding(weight, padding_idx, scale_grad_by_freq, sparse);
            }

            /// <summary>A table of given vectors.</summary>
            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                RefuseNormLimit(max_norm);
                Tensor table = embeddings.detach().to(dtype ?? embeddings.dtype, device ?? embeddings.device, disposeAfter: true);
                return new Embedding(new Parameter(table, !freeze), padding_idx, scale_grad_by_freq, sparse);
            }

            private static void RefuseNormLimit(double? maxNorm)
            {
                if (maxNorm is not null)
                    throw new ArgumentException("Limiting the norm of embeddings is not part of this runtime; leave max_norm out.", nameof(maxNorm));
            }
        }
    }
}
