using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Cross entropy of unnormalised scores.</summary>
            /// <param name="input">Scores <c>[N, C, ...]</c>.</param>
            /// <param name="target">Classes <c>int64 [N, ...]</c>, or probabilities of the input's shape.</param>
            /// <param name="weight">Weight of each class, null for 1.</param>
            /// <param name="ignore_index">A class that does not count.</param>
            /// <param name="reduction">How the losses become one number.</param>
            /// <param name="label_smoothing">Share of the probability that is spread over all classes.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                Dispatcher.Call(Ops.cross_entropy_loss, input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>Negative log likelihood of log-probabilities.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Dispatcher.Call(Ops.nll_loss_nd, input, target, weight, (long)reduction);

            /// <summary>Mean of squared differences.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Dispatcher.Call(Ops.mse_loss, input, target, (long)reduction);

            /// <summary>Mean of absolute differences.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Dispatcher.Call(Ops.l1_loss, input, target, (long)reduction);

            /// <summary>Squared near zero, absolute elsewhere.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Dispatcher.Call(Ops.smooth_l1_loss, input, target, (long)reduction, beta);

            /// <summary>Squared near zero, linear elsewhere.</summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                Dispatcher.Call(Ops.huber_loss, input, target, (long)reduction, delta);

            /// <summary>Kullback-Leibler divergence; the input holds log-probabilities.</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Dispatcher.Call(Ops.kl_div, input, target, (long)reduction, log_target);

            /// <summary>Cross entropy of probabilities of two classes.</summary>
            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Dispatcher.Call(Ops.binary_cross_entropy, input, target, weight, (long)reduction);

            /// <summary>Cross entropy of unnormalised scores of two classes.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Dispatcher.Call(Ops.binary_cross_entropy_with_logits, input, target, weight, pos_weights, (long)reduction);
        }
    }
}
