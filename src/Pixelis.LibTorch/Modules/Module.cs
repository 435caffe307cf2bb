using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Modules, layers and functions of neural networks.</summary>
    public static partial class nn
    {
        /// <summary>
        /// The base of all modules: owns parameters, buffers and submodules. A derived class assigns them to fields and calls
        /// <see cref="RegisterComponents"/> at the end of its constructor. Disposing a module disposes all it owns.
        /// </summary>
        public partial class Module : IDisposable
        {
            /// <summary>Kind of the device the module was moved to last.</summary>
            protected DeviceType _deviceType = DeviceType.CPU;

            /// <summary>Number of the device the module was moved to last.</summary>
            protected int _deviceIndex = -1;

            /// <summary>Submodules by name.</summary>
            protected OrderedDict<string, Module> _internal_submodules = new();

            /// <summary>Buffers by name; the flag says whether the state dictionary holds them.</summary>
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();

            /// <summary>Parameters by name.</summary>
            protected OrderedDict<string, Parameter> _internal_params = new();

            /// <summary>The module's name.</summary>
            protected string? name;

            private bool _training = true;
            private bool _disposed;

            /// <summary>Creates a module without components.</summary>
            protected Module(string name) => this.name = name;

            /// <summary>Whether the module is in training mode: dropout drops, batch statistics move.</summary>
            public virtual bool training => _training;

            /// <summary>Puts the module and its submodules into training mode.</summary>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach ((_, Module child) in named_children())
                    child.train(train);
            }

            /// <summary>Puts the module and its submodules into evaluation mode.</summary>
            public virtual void eval() => train(false);

            /// <summary>The module's name.</summary>
            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            /// <summary>Calls a function with every submodule, then with this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach ((_, Module child) in _internal_submodules)
                    child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Drops the gradients of all parameters, or sets them to zero.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    using Tensor? gradient = parameter.grad;
                    if (gradient is null)
                        continue;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        gradient.zero_();
                }
            }

            /// <summary>Disposes parameters, buffers and submodules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes parameters, buffers and submodules.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed)
                    return;
                _disposed = true;
                foreach ((_, (Tensor buffer, _)) in _internal_buffers)
                    buffer?.DetachFromDisposeScope().Dispose();
                foreach ((_, Parameter parameter) in _internal_params)
                    parameter.DetachFromDisposeScope().Dispose();
                foreach ((_, Module child) in _internal_submodules)
                    child.Dispose();
            }
        }
    }
}
