using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules in order; the names of their components begin with the place in the list.</summary>
        /// <typeparam name="T">Kind of module.</typeparam>
        public class ModuleList<T> : nn.Module, IList<T>
            where T : nn.Module
        {
            private readonly List<T> _list = [];

            /// <summary>A list of modules.</summary>
            public ModuleList(params T[] modules)
                : base(nameof(ModuleList<T>)) => _list.AddRange(modules);

            /// <inheritdoc />
            public T this[int index]
            {
                get => _list[index];
                set
                {
                    _list[index] = value;
                    Renumber();
                }
            }

            /// <inheritdoc />
            public int Count => _list.Count;

            /// <inheritdoc />
            public bool IsReadOnly => false;

            /// <inheritdoc />
            public void Add(T item)
            {
                _list.Add(item);
                if (_numbered)
                    register_module((_list.Count - 1).ToString(), item);
            }

            /// <summary>Adds modules.</summary>
            public void append(params T[] parameters) => extend(parameters);

            /// <summary>Adds modules.</summary>
            public void extend(IEnumerable<T> modules)
            {
                foreach (T module in modules)
                    Add(module);
            }

            /// <inheritdoc />
            public void Insert(int index, T item)
            {
                _list.Insert(index, item);
                Renumber();
            }

            /// <inheritdoc />
            public bool Remove(T item)
            {
                int at = _list.IndexOf(item);
                if (at < 0)
                    return false;
                RemoveAt(at);
                return true;
            }

            /// <inheritdoc />
            public void RemoveAt(int index)
            {
                _list.RemoveAt(index);
                Renumber();
            }

            /// <inheritdoc />
            public void Clear()
            {
                _list.Clear();
                Renumber();
            }

            /// <inheritdoc />
            public bool Contains(T item) => _list.Contains(item);

            /// <inheritdoc />
            public int IndexOf(T item) => _list.IndexOf(item);

            /// <inheritdoc />
            public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

            /// <inheritdoc />
            public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

            /// <inheritdoc />
            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            /// <inheritdoc />
            protected override void RegisterComponents()
            {
                if (!_numbered)
                    Renumber();
            }

            private bool _numbered;

            private void Renumber()
            {
                _numbered = true;
                ClearModules();
                for (int i = 0; i < _list.Count; i++)
                    register_module(i.ToString(), _list[i]);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules in order.</summary>
            public static Modules.ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            /// <summary>Modules in order.</summary>
            public static Modules.ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);
        }
    }
}
