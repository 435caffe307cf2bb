using Pixelis.LibTorch.Native;

namespace TorchSharp;

/// <summary>
/// The entry to everything: factories, operators and modules, under the names and with the meaning they have in TorchSharp
/// (and so in PyTorch). Only the part that Pixelis uses is here.
/// </summary>
public static partial class torch
{
    /// <summary>The innermost dispose scope of this thread, null outside all.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

    /// <summary>Opens a dispose scope on this thread.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    /// <summary>Evaluates an expression in a scope of its own and keeps only the result.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using DisposeScope scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>Stops recording for gradients until disposed, on this thread.</summary>
    public static IDisposable no_grad() => new GradModeScope(false);

    /// <summary>Records for gradients (or not) until disposed, on this thread.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradModeScope(enabled);

    /// <summary>Records for gradients (or not) until disposed, on this thread.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradModeScope(mode);

    /// <summary>Whether operations on this thread are recorded for gradients.</summary>
    public static bool is_grad_enabled() => NativeMethods.px_grad_mode() != 0;

    /// <summary>
    /// Until disposed, tensors made on this thread carry no autograd state at all; they cannot take part in gradients later.
    /// </summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceModeScope(mode);

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool is_inference_mode_enabled() => NativeMethods.px_inference_mode() != 0;

    private sealed class GradModeScope : IDisposable
    {
        private readonly int _before = NativeMethods.px_grad_mode();
        private bool _left;

        internal GradModeScope(bool enabled) => NativeMethods.px_set_grad_mode(enabled ? 1 : 0);

        public void Dispose()
        {
            if (!_left)
                NativeMethods.px_set_grad_mode(_before);
            _left = true;
        }
    }

    private sealed class InferenceModeScope : IDisposable
    {
        private nint _guard;

        internal InferenceModeScope(bool enabled) =>
            _guard = Dispatcher.Check(NativeMethods.px_inference_mode_enter(enabled ? 1 : 0), "inference_mode");

        public void Dispose()
        {
            if (_guard != 0)
                NativeMethods.px_inference_mode_leave(_guard);
            _guard = 0;
        }
    }
}
