using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Parameters and persistent buffers by dotted name. The tensors are the module's own, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string Key(string key) => string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}";
                foreach ((string key, Parameter parameter) in named_parameters())
                    destination.TryAdd(Key(key), parameter);
                foreach ((string key, Tensor buffer) in named_buffers(include_nonpersistent: false))
                    destination.TryAdd(Key(key), buffer);
                // A tensor that two submodules share is enumerated once above, and here under its other names too.
                foreach ((string key, Module child) in _internal_submodules)
                    child.state_dict(destination, Key(key));
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same names.</summary>
            /// <param name="source">Values by dotted name.</param>
            /// <param name="strict">Whether a missing or an unknown name is an error.</param>
            /// <param name="skip">Names to leave out.</param>
            /// <returns>Names the source lacks, and names the module lacks.</returns>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                Dictionary<string, Tensor> own = state_dict();
                bool Wanted(string key) => skip is null || !skip.Contains(key);
                List<string> missing = own.Keys.Where(key => Wanted(key) && !source.ContainsKey(key)).ToList();
                List<string> unexpected = source.Keys.Where(key => Wanted(key) && !own.ContainsKey(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException(
                        $"The loaded state_dict is not identical to the target dictionary: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                using IDisposable frozen = no_grad();
                foreach ((string key, Tensor value) in source)
                    if (Wanted(key) && own.TryGetValue(key, out Tensor? target))
                        target.copy_(value);
                return (missing, unexpected);
            }

            /// <summary>Moves the module to a device and converts its floating-point tensors.</summary>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                CheckConvertible(dtype);
                CheckAvailable(device.type);
                _toEpilog(dtype, device, non_blocking);
                return this;
            }

            /// <summary>Moves the module to a device.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                CheckAvailable(deviceType);
                _toEpilog(null, new Device(deviceType, deviceType == DeviceType.CUDA ? deviceIndex : -1), non_blocking);
                return this;
            }

            /// <summary>Converts the module's floating-point tensors.</summary>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                CheckConvertible(dtype);
                _toEpilog(dtype, null, non_blocking);
                return this;
            }

            /// <summary>Moves and converts as another tensor is.</summary>
            public Module _to(Tensor other, bool non_blocking)
            {
                _to(other.dtype, non_blocking);
                return _to(other.device_type, other.device_index, non_blocking);
            }

            /// <summary>Replaces this module's tensors by converted ones, also in its fields and properties, then its submodules'.</summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach ((_, Module child) in named_children())
                {
                    if (device is null)
                        child._to(dtype!.Value, non_blocking);
                    else if (dtype is null)
                        child._to(device.type, device.index, non_blocking);
                    else
                        child._to(device, dtype.Value, non_blocking);
                }
                foreach ((string key, Parameter parameter) in _internal_params.ToList<(string, Parameter)>())
                    if (ReplaceParameter(dtype, device, parameter, out Parameter? converted))
                    {
                        parameter.Dispose();
                        ConditionallyRegisterParameter(key, converted);
                        Assign(key, converted!);
                    }
                foreach ((string key, (Tensor buffer, bool persistent)) in _internal_buffers.ToList<(string, (Tensor, bool))>())
                    if (ReplaceBuffer(dtype, device, buffer, out Tensor? converted))
                    {
                        ConditionallyRegisterBuffer(key, converted, persistent);
                        Assign(key, converted!);
                    }
                if (device is not null)
                    (_deviceType, _deviceIndex) = (device.type, device.index);
            }

            /// <summary>Converts a parameter, and its gradient with it; false where it already fits.</summary>
            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                p = null;
                ScalarType type = dtype is not null && param.is_floating_point() ? dtype.Value : param.dtype;
                Device target = device ?? param.device;
                if (!param.WouldConvert(type, target))
                    return false;
                using IDisposable frozen = no_grad();
                p = new Parameter(param.to(type, target), param.requires_grad);
                p.DetachFromDisposeScope();
                using Tensor? gradient = param.grad;
                if (gradient is not null)
                {
                    using Tensor converted = gradient.to(type, target);
                    p.grad = converted;
                }
                return true;
            }

            /// <summary>Converts a buffer and disposes the old one; false where it already fits. Integers keep their type.</summary>
            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                result = null;
                ScalarType type = dtype is not null && buffer.is_floating_point() ? dtype.Value : buffer.dtype;
                Device target = device ?? buffer.device;
                if (!buffer.WouldConvert(type, target))
                    return false;
                result = buffer.to(type, target, disposeAfter: true).DetachFromDisposeScope();
                return true;
            }

            /// <summary>The device and element type that layers are made with when none are given.</summary>
            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                (device ?? get_default_device(), dtype ?? get_default_dtype());

            private void Assign(string component, Tensor value)
            {
                PropertyInfo? property = GetType().GetProperty(component, BindingFlags.Public | BindingFlags.Instance);
                if (property is { CanWrite: true })
                {
                    property.SetValue(this, value);
                    return;
                }
                Fields(GetType()).FirstOrDefault(field => ComponentName(field) == component)?.SetValue(this, value);
            }

            private static void CheckConvertible(ScalarType dtype)
            {
                if (!is_floating_point(dtype) && !is_complex(dtype))
                    throw new ArgumentException($"A module can only be converted to a floating-point type, not to {dtype}.", nameof(dtype));
            }

            private static void CheckAvailable(DeviceType type)
            {
                if (type == DeviceType.CUDA && !cuda.is_available())
                    throw new InvalidOperationException("CUDA is not available.");
            }
        }
    }
}
