using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the process-wide streams of all devices.</summary>
    public static Generator manual_seed(long seed)
    {
        Dispatcher.Check(NativeMethods.px_manual_seed(seed), "manual_seed");
        return Generator.Default;
    }

    /// <summary>The seed of the CPU's process-wide stream.</summary>
    public static long initial_seed() => random.initial_seed();

    /// <summary>The state of the CPU's process-wide stream.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Puts the CPU's process-wide stream into a state.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The process-wide random streams.</summary>
    public static partial class random
    {
        /// <summary>Seeds the process-wide streams of all devices.</summary>
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        /// <summary>Seeds the CPU's stream from the machine's entropy and returns the seed.</summary>
        public static long seed()
        {
            using Generator generator = Generator.Default;
            return generator.seed();
        }

        /// <summary>The seed of the CPU's process-wide stream.</summary>
        public static long initial_seed()
        {
            using Generator generator = Generator.Default;
            return generator.initial_seed();
        }

        /// <summary>The state of the CPU's process-wide stream.</summary>
        public static Tensor get_rng_state()
        {
            using Generator generator = Generator.Default;
            return generator.get_state();
        }

        /// <summary>Puts the CPU's process-wide stream into a state.</summary>
        public static void set_rng_state(Tensor new_state)
        {
            using Generator generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
