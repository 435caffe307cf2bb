using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Parameters with their dotted names, each native tensor once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach ((string name, Parameter parameter) in _internal_params)
                    if (!parameter.IsInvalid && seen.Add(parameter.Handle))
                        yield return (name, parameter);
                if (!recurse)
                    yield break;
                foreach ((string prefix, Module child) in _internal_submodules)
                    foreach ((string name, Parameter parameter) in child.named_parameters(true))
                        if (seen.Add(parameter.Handle))
                            yield return ($"{prefix}.{name}", parameter);
            }

            /// <summary>Parameters, each native tensor once.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);

            /// <summary>Persistent buffers with their dotted names, each native tensor once.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach ((string name, (Tensor buffer, bool persistent)) in _internal_buffers)
                    if (persistent && !buffer.IsInvalid && seen.Add(buffer.Handle))
                        yield return (name, buffer);
                if (!recurse)
                    yield break;
                foreach ((string prefix, Module child) in _internal_submodules)
                    foreach ((string name, Tensor buffer) in child.named_buffers(true, include_nonpersistent))
                        if (seen.Add(buffer.Handle))
                            yield return ($"{prefix}.{name}", buffer);
            }

            /// <summary>Persistent buffers, each native tensor once.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            /// <summary>Direct submodules with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            /// <summary>Direct submodules.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(entry => entry.module);

            /// <summary>All submodules with their dotted names; this module is not among them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach ((string name, Module module) in _internal_submodules)
                    yield return (name, module);
                foreach ((string prefix, Module child) in _internal_submodules)
                    foreach ((string name, Module module) in child.named_modules())
                        yield return ($"{prefix}.{name}", module);
            }

            /// <summary>All submodules; this module is not among them.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            /// <summary>The parameter of that dotted name, null where there is none.</summary>
            public virtual Parameter? get_parameter(string target)
            {
                if (_internal_params.TryGetValue(target, out Parameter? parameter))
                    return parameter;
                return Child(target, out string rest)?.get_parameter(rest);
            }

            /// <summary>The buffer of that dotted name, null where there is none.</summary>
            public virtual Tensor? get_buffer(string target)
            {
                if (_internal_buffers.TryGetValue(target, out (Tensor Buffer, bool) entry))
                    return entry.Buffer;
                return Child(target, out string rest)?.get_buffer(rest);
            }

            /// <summary>Whether there is a parameter of that dotted name.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>Whether there is a buffer of that dotted name.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            private Module? Child(string target, out string rest)
            {
                int dot = target.IndexOf('.');
                rest = dot < 0 ? "" : target[(dot + 1)..];
                return dot >= 0 && _internal_submodules.TryGetValue(target[..dot], out Module? child) ? child : null;
            }
        }
    }
}
