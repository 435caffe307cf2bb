using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Draws indices with the probabilities that rows give.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Dispatcher.Call(Ops.multinomial, this, num_samples, replacement, generator);

        /// <summary>Draws 0 or 1 with the probabilities given.</summary>
        public Tensor bernoulli(Generator? generator = null) => Dispatcher.Call(Ops.bernoulli, this, generator);

        /// <summary>Fills with 0 or 1.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => InPlace(Ops.bernoulli___float, this, p, generator);

        /// <summary>Fills with normal numbers.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => InPlace(Ops.normal_, this, mean, std, generator);

        /// <summary>Fills with uniform numbers.</summary>
        public Tensor uniform_(double @from, double to, Generator? generator = null) => InPlace(Ops.uniform_, this, @from, to, generator);

        /// <summary>Fills with exponential numbers.</summary>
        public Tensor exponential_(double lambda = 1, Generator? generator = null) => InPlace(Ops.exponential_, this, lambda, generator);

        /// <summary>Fills with integers from the range.</summary>
        public Tensor random_(double @from, double to, Generator? generator = null) =>
            InPlace(Ops.random___from, this, (long)@from, (long)to, generator);

        /// <summary>Fills with log-normal numbers.</summary>
        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            InPlace(Ops.log_normal_, this, mean, std, generator);

        /// <summary>Fills with Cauchy numbers.</summary>
        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null) =>
            InPlace(Ops.cauchy_, this, median, sigma, generator);

        /// <summary>Fills with geometric numbers.</summary>
        public Tensor geometric_(double p, Generator? generator = null) => InPlace(Ops.geometric_, this, p, generator);
    }
}
