using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>First values of parameters. All change the tensor in place, without recording, and return it.</summary>
        public static partial class init
        {
            /// <summary>Which side of a weight keeps its variance.</summary>
            public enum FanInOut
            {
                /// <summary>The forward pass.</summary>
                FanIn,

                /// <summary>The backward pass.</summary>
                FanOut,
            }

            /// <summary>The function that follows a layer.</summary>
            public enum NonlinearityType
            {
                /// <summary>None.</summary>
                Linear = 0,

                /// <summary>Convolution.</summary>
                Conv1D = 1,

                /// <summary>Convolution.</summary>
                Conv2D = 2,

                /// <summary>Convolution.</summary>
                Conv3D = 3,

                /// <summary>Transposed convolution.</summary>
                ConvTranspose1D = 4,

                /// <summary>Transposed convolution.</summary>
                ConvTranspose2D = 5,

                /// <summary>Transposed convolution.</summary>
                ConvTranspose3D = 6,

                /// <summary>Logistic function.</summary>
                Sigmoid = 7,

                /// <summary>Hyperbolic tangent.</summary>
                Tanh = 8,

                /// <summary>max(0, x).</summary>
                ReLU = 9,

                /// <summary>max(0, x) with a slope for negative x.</summary>
                LeakyReLU = 10,
            }

            /// <summary>The factor by which a function changes the standard deviation.</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + param * param)),
                _ => 1.0,
            };

            /// <summary>Inputs and outputs of one unit of a weight.</summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                long[] sizes = tensor.shape;
                if (sizes.Length < 2)
                    throw new ArgumentException("Fan-in and fan-out need a weight with at least two dimensions.", nameof(tensor));
                long field = 1;
                for (int i = 2; i < sizes.Length; i++)
                    field *= sizes[i];
                return (sizes[1] * field, sizes[0] * field);
            }

            /// <summary>Sets all elements to a value.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Frozen(tensor, t => t.fill_(val));

            /// <summary>Sets all elements to one.</summary>
            public static Tensor ones_(Tensor tensor) => Frozen(tensor, t => t.fill_(1));

            /// <summary>Sets all elements to zero.</summary>
            public static Tensor zeros_(Tensor tensor) => Frozen(tensor, t => t.zero_());

            /// <summary>Uniform numbers.</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Frozen(tensor, t => t.uniform_(low, high, generator));

            /// <summary>Normal numbers.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Frozen(tensor, t => t.normal_(mean, std, generator));

            /// <summary>Normal numbers, limited to the range [a, b] by inverting the distribution.</summary>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2, Generator? generator = null)
            {
                double low = NormalCdf((a - mean) / std), high = NormalCdf((b - mean) / std);
                return Frozen(tensor, t => t.uniform_(2 * low - 1, 2 * high - 1, generator).erfinv_()
                    .mul_((Scalar)(std * Math.Sqrt(2))).add_((Scalar)mean).clamp_((Scalar)a, (Scalar)b));
            }

            /// <summary>Uniform numbers that keep the variance of both passes (Glorot and Bengio, 2010).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                double bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal numbers that keep the variance of both passes (Glorot and Bengio, 2010).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
            }

            /// <summary>Uniform numbers that keep the variance of one pass (He et al., 2015).</summary>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                double bound = Math.Sqrt(3.0) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal numbers that keep the variance of one pass (He et al., 2015).</summary>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>A parameter outside all dispose scopes, not filled.</summary>
            internal static Parameter NewParameter(long[] sizes, Device? device, ScalarType? dtype) =>
                (Parameter)new Parameter(empty(sizes, dtype, device)).DetachFromDisposeScope();

            /// <summary>A bias as linear layers and convolutions start with.</summary>
            internal static Parameter NewBias(long size, long fanIn, Device? device, ScalarType? dtype)
            {
                Parameter bias = NewParameter([size], device, dtype);
                double bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
                uniform_(bias, -bound, bound);
                return bias;
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static double NormalCdf(double x)
            {
                using Tensor value = torch.tensor(x / Math.Sqrt(2));
                using Tensor error = value.erf();
                return 0.5 * (1 + error.ToDouble());
            }

            private static Tensor Frozen(Tensor tensor, Func<Tensor, Tensor> change)
            {
                using IDisposable frozen = no_grad();
                return change(tensor);
            }
        }
    }
}
