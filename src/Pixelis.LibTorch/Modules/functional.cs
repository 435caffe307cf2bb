using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers as functions.</summary>
        public static partial class functional
        {
            /// <summary><c>input weights^T + bias</c>.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Dispatcher.Call(Ops.linear, input, weights, bias);

            /// <summary>Normalises the last dimensions to mean 0 and variance 1, then scales and shifts.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Dispatcher.Call(Ops.layer_norm, input, normalized_shape, weight, bias, eps);

            /// <summary>Normalises groups of channels.</summary>
            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Dispatcher.Call(Ops.group_norm, input, num_groups, weight, bias, eps);

            /// <summary>Normalises channels, by batch statistics while training.</summary>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-05) =>
                Dispatcher.Call(Ops.batch_norm, input, weight, bias, running_mean, running_var, training, momentum, eps, false);

            /// <summary>Zeroes elements at random while training and scales up the rest.</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Changed(Ops.dropout_, input, p, training) : Dispatcher.Call(Ops.dropout, input, p, training);

            /// <summary>max(0, x).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            /// <summary>x times its logistic function.</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_() : x.silu();

            /// <summary>Hyperbolic tangent.</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_() : x.tanh();

            /// <summary>Logistic function.</summary>
            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            /// <summary>Logistic function.</summary>
            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_() : x.sigmoid();

            /// <summary>Gaussian error linear unit, exact.</summary>
            public static Tensor gelu(Tensor x) => Dispatcher.Call(Ops.gelu, x);

            /// <summary>Gaussian error linear unit, exact.</summary>
            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            /// <summary>Gaussian error linear unit.</summary>
            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false) =>
                inplace ? Changed(Ops.gelu_, x, approximate.ToString()) : Dispatcher.Call(Ops.gelu, x, approximate.ToString());

            /// <summary>Smooth approximation of relu.</summary>
            public static Tensor softplus(Tensor x, double beta = 1.0, double threshold = 20.0) => Dispatcher.Call(Ops.softplus, x, beta, threshold);

            /// <summary>Logarithm of the logistic function.</summary>
            public static Tensor logsigmoid(Tensor x) => Dispatcher.Call(Ops.log_sigmoid, x);

            /// <summary>x where positive, else x times the slope.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope) : input.leaky_relu(negative_slope);

            /// <summary>Exponentials divided by their sum over a dimension.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>Logarithm of softmax over a dimension.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            /// <summary>Ones at the indices, zeros elsewhere, along a new last dimension.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Dispatcher.Call(Ops.one_hot, x, num_classes);

            /// <summary>Vectors along a dimension divided by their p-norm.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using Tensor length = Dispatcher.Call(Ops.norm__ScalarOpt_dim, input, p, new[] { dim }, true);
                using Tensor limited = length.clamp_min(eps);
                return input / limited;
            }

            /// <summary>Cosine of the angle between vectors along a dimension.</summary>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) =>
                Dispatcher.Call(Ops.cosine_similarity, x1, x2, dim, eps);

            /// <summary>
            /// Attention: <c>softmax(q k^T / sqrt(width) + mask) v</c>. The mask is added, or keeps where it is true.
            /// </summary>
            /// <param name="query">Queries <c>[..., L, E]</c>.</param>
            /// <param name="key">Keys <c>[..., S, E]</c>.</param>
            /// <param name="value">Values <c>[..., S, V]</c>.</param>
            /// <param name="attn_mask">Broadcast to <c>[..., L, S]</c>; not together with <paramref name="is_casual"/>.</param>
            /// <param name="p">Probability that an attention weight is dropped.</param>
            /// <param name="is_casual">Whether a query sees only keys up to its own place.</param>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (p < 0)
                    throw new ArgumentException("Dropout probability must be greater than or equal to zero.", nameof(p));
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("Casual attention masking cannot pass a mask.", nameof(attn_mask));
                // Since 2.0 it is one operator with fused kernels; 1.13 has only the parts.
                return Ops.scaled_dot_product_attention.Exists
                    ? Dispatcher.Call(Ops.scaled_dot_product_attention, query, key, value, attn_mask, p, is_casual)
                    : ComposedAttention(query, key, value, attn_mask, p, is_casual);
            }

            internal static Tensor Embed(Tensor input, Tensor weight, long paddingIndex, bool scaleByFrequency, bool sparse) =>
                Dispatcher.Call(Ops.embedding, weight, input, paddingIndex, scaleByFrequency, sparse);

            private static Tensor ComposedAttention(Tensor query, Tensor key, Tensor value, Tensor? mask, double p, bool causal)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor scores = (query / Math.Sqrt(query.size(-1))).matmul(key.transpose(-2, -1));
                if (causal)
                    mask = ones([query.size(-2), key.size(-2)], ScalarType.Bool, query.device).tril();
                if (mask is not null)
                    scores = mask.dtype == ScalarType.Bool ? scores.masked_fill(mask.logical_not(), double.NegativeInfinity) : scores + mask;
                Tensor weights = scores.softmax(-1);
                if (p > 0)
                    weights = dropout(weights, p);
                return weights.matmul(value).MoveToOuterDisposeScope();
            }

            private static Tensor Changed(Operator op, Tensor tensor, params ReadOnlySpan<Argument> more)
            {
                Argument[] arguments = [tensor, .. more];
                Dispatcher.Run(op, arguments);
                return tensor;
            }
        }
    }
}
