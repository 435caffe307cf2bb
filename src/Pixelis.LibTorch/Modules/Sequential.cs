using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules applied one after the other; what comes between is disposed.</summary>
        public class Sequential : nn.Module<Tensor, Tensor>
        {
            private readonly List<nn.IModule<Tensor, Tensor>> _steps = [];

            /// <summary>Modules with names.</summary>
            protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
                : base(nameof(Sequential))
            {
                foreach ((string name, nn.Module<Tensor, Tensor> module) in modules)
                    append(name, module);
            }

            /// <summary>Modules named by their places.</summary>
            protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
                : base(nameof(Sequential))
            {
                foreach (nn.Module<Tensor, Tensor> module in modules)
                    append(module);
            }

            /// <summary>Number of modules.</summary>
            public int Count => _steps.Count;

            /// <summary>The module at a place.</summary>
            [System.Runtime.CompilerServices.IndexerName("SequentialItems")]
            public nn.IModule<Tensor, Tensor> this[int index] => _steps[index];

            /// <summary>Adds a module at the end.</summary>
            public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
            {
                register_module(name, (nn.Module)module);
                _steps.Add(module);
                return this;
            }

            /// <summary>Adds a module at the end.</summary>
            public Sequential append(nn.IModule<Tensor, Tensor> module) => append(_steps.Count.ToString(), module);

            /// <inheritdoc />
            public override Tensor forward(Tensor tensor)
            {
                if (_steps.Count == 0)
                    return tensor.alias();
                Tensor current = _steps[0].call(tensor);
                for (int i = 1; i < _steps.Count; i++)
                {
                    Tensor next = _steps[i].call(current);
                    if (!ReferenceEquals(next, current))
                        current.Dispose();
                    current = next;
                }
                return current;
            }

            /// <inheritdoc />
            protected override void RegisterComponents()
            {
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>An empty chain of modules.</summary>
            public static Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());

            /// <summary>A chain of named modules.</summary>
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            /// <summary>A chain of modules.</summary>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            /// <summary>A chain of named modules.</summary>
            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules.ToArray());

            /// <summary>A chain of modules.</summary>
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());
        }
    }
}
