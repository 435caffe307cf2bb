using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules by name, in the order in which they were added.</summary>
        /// <typeparam name="T">Kind of module.</typeparam>
        public class ModuleDict<T> : nn.Module, IDictionary<string, T>, IList<(string, T)>
            where T : nn.Module
        {
            private readonly OrderedDict<string, T> _dict = new();

            /// <summary>A dictionary of modules.</summary>
            internal ModuleDict(params (string, T)[] modules)
                : base(nameof(ModuleDict<T>))
            {
                foreach ((string key, T module) in modules)
                    Add(key, module);
            }

            /// <inheritdoc />
            public T this[string key]
            {
                get => _dict[key];
                set
                {
                    _dict[key] = value;
                    register_module(key, null!);
                    register_module(key, value);
                }
            }

            /// <inheritdoc />
            public (string, T) this[int index]
            {
                get => _dict[index];
                set
                {
                    _dict[index] = value;
                    Rebuild();
                }
            }

            /// <inheritdoc cref="ICollection{T}.Count" />
            public int Count => _dict.Count;

            /// <inheritdoc cref="ICollection{T}.IsReadOnly" />
            public bool IsReadOnly => false;

            /// <inheritdoc />
            public ICollection<string> Keys => _dict.Keys;

            /// <inheritdoc />
            public ICollection<T> Values => _dict.Values;

            /// <summary>The names in order.</summary>
            public IEnumerable<string> keys() => _dict.Keys;

            /// <summary>The modules in order.</summary>
            public IEnumerable<T> values() => _dict.Values;

            /// <summary>The entries in order.</summary>
            public IEnumerator<(string, T)> items() => _dict.GetEnumerator();

            /// <inheritdoc />
            public void Add(string key, T value)
            {
                _dict.Add(key, value);
                register_module(key, value);
            }

            /// <inheritdoc />
            public void Add((string, T) item) => Add(item.Item1, item.Item2);

            /// <inheritdoc />
            public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

            /// <inheritdoc />
            public bool Remove(string key)
            {
                register_module(key, null!);
                return _dict.Remove(key);
            }

            /// <inheritdoc />
            public bool Remove((string, T) item) => Contains(item) && Remove(item.Item1);

            /// <inheritdoc />
            public bool Remove(KeyValuePair<string, T> item) => Contains(item) && Remove(item.Key);

            /// <inheritdoc />
            public void RemoveAt(int index) => Remove(_dict[index].Item1);

            /// <inheritdoc />
            public void Insert(int index, (string, T) item)
            {
                _dict.Insert(index, item);
                Rebuild();
            }

            /// <summary>Removes everything.</summary>
            public void clear() => Clear();

            /// <inheritdoc cref="ICollection{T}.Clear" />
            public void Clear()
            {
                _dict.Clear();
                ClearModules();
            }

            /// <inheritdoc />
            public bool ContainsKey(string key) => _dict.ContainsKey(key);

            /// <inheritdoc />
            public bool Contains((string, T) item) => _dict.Contains(item);

            /// <inheritdoc />
            public bool Contains(KeyValuePair<string, T> item) => _dict.Contains(item);

            /// <inheritdoc />
            public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _dict.TryGetValue(key, out value);

            /// <inheritdoc />
            public int IndexOf((string, T) item) => _dict.IndexOf(item);

            /// <inheritdoc />
            public void CopyTo((string, T)[] array, int arrayIndex) => _dict.CopyTo(array, arrayIndex);

            /// <inheritdoc />
            public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => _dict.CopyTo(array, arrayIndex);

            /// <summary>The entries in order.</summary>
            public IEnumerator<(string, T)> GetEnumerator() => _dict.GetEnumerator();

            /// <inheritdoc />
            IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() =>
                ((IEnumerable<KeyValuePair<string, T>>)_dict).GetEnumerator();

            /// <inheritdoc />
            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            /// <inheritdoc />
            protected override void RegisterComponents()
            {
            }

            private void Rebuild()
            {
                ClearModules();
                foreach ((string key, T module) in _dict)
                    register_module(key, module);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules by name.</summary>
            public static Modules.ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => new(modules);

            /// <summary>Modules by name.</summary>
            public static Modules.ModuleDict<T> ModuleDict<T>(params (string, T)[] modules)
                where T : Module => new(modules);
        }
    }
}
