namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a function's forward keeps for its backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly List<Tensor?> _saved = [];
            private readonly Dictionary<string, object> _data = [];
            private readonly HashSet<IntPtr> _constant = [];

            internal AutogradContext()
            {
            }

            /// <summary>Whether a gradient that does not exist comes as zeros instead of null.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>Keeps tensors. They are shared, not copied: they must not be changed before backward.</summary>
            public void save_for_backward(List<Tensor> tensors)
            {
                Dispose();
                foreach (Tensor tensor in tensors)
                    _saved.Add(tensor is null || tensor.IsInvalid ? null : tensor.Alias().DetachFromDisposeScope());
            }

            /// <summary>The tensors that were kept, as new objects.</summary>
            public List<Tensor> get_saved_variables() => _saved.Select(tensor => tensor?.Alias()!).ToList();

            /// <summary>Keeps something that is no tensor.</summary>
            public void save_data(string key, object value) => _data[key] = value;

            /// <summary>What was kept under a key, null where nothing was.</summary>
            public object? get_data(string key) => _data.GetValueOrDefault(key);

            /// <summary>Says that results do not depend on the inputs differentiably.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => _constant.UnionWith(tensors.Select(tensor => tensor.Handle));

            /// <summary>Sets whether a gradient that does not exist comes as zeros.</summary>
            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            internal bool IsDifferentiable(Tensor output) => output.is_floating_point() && !_constant.Contains(output.Handle);

            /// <summary>Lets the kept tensors go.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Lets the kept tensors go.</summary>
            protected virtual void Dispose(bool disposing)
            {
                foreach (Tensor? tensor in _saved)
                    tensor?.Dispose();
                _saved.Clear();
            }
        }
    }
}
