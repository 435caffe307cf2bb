using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Marks modules without parameters.</summary>
        public interface IParameterLessModule
        {
        }

        /// <summary>A module without parameters and buffers.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public abstract class ParameterLessModule<T1, TResult> : Module<T1, TResult>, IParameterLessModule
        {
            /// <summary>Creates a module without components.</summary>
            protected ParameterLessModule(string name)
                : base(name)
            {
            }
        }

        /// <summary>A module without parameters and buffers.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public abstract class ParameterLessModule<T1, T2, TResult> : Module<T1, T2, TResult>, IParameterLessModule
        {
            /// <summary>Creates a module without components.</summary>
            protected ParameterLessModule(string name)
                : base(name)
            {
            }
        }
    }
}
