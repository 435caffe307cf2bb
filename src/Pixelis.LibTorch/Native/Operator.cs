using System.Text;

namespace Pixelis.LibTorch.Native;

/// <summary>
/// An operator of libtorch's dispatcher by schema name, such as <c>aten::add.Tensor</c> or <c>pixelis::rms_norm</c>. It is
/// looked up at its first call and kept.
/// </summary>
internal sealed class Operator
{
    private nint _handle;
    private bool _missing;

    internal Operator(string name) => Name = name;

    /// <summary>Namespace, name and overload.</summary>
    internal string Name { get; }

    /// <summary>Whether the libtorch in this process has the operator.</summary>
    internal bool Exists => _handle != 0 || (!_missing && TryFind() != 0);

    /// <summary>The native handle.</summary>
    /// <exception cref="TorchException">This libtorch has no such operator.</exception>
    internal nint Handle => _handle != 0 ? _handle : Find();

    private nint Find()
    {
        nint found = TryFind();
        return found != 0 ? found : throw new TorchException(Name, Dispatcher.LastError());
    }

    private unsafe nint TryFind()
    {
        int dot = Name.IndexOf('.');
        byte[] name = Encoding.UTF8.GetBytes((dot < 0 ? Name : Name[..dot]) + "\0");
        byte[] overload = Encoding.UTF8.GetBytes((dot < 0 ? "" : Name[(dot + 1)..]) + "\0");
        fixed (byte* nameBytes = name, overloadBytes = overload)
            _handle = NativeMethods.px_operator_find(nameBytes, overloadBytes);
        _missing = _handle == 0;
        return _handle;
    }
}
