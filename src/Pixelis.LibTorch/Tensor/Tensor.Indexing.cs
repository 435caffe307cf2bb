using System.Runtime.CompilerServices;
using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Elements by numbers, ranges, masks and index tensors. Without masks and index tensors the result shares memory.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>Elements by masks and index tensors.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>One slice of the first dimension.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, TensorIndex.Single(i1));
        }

        /// <summary>One slice by two dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index((TensorIndex[])[i1, i2]);
            set => index_put_(value, (TensorIndex[])[i1, i2]);
        }

        /// <summary>One slice by three dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index((TensorIndex[])[i1, i2, i3]);
            set => index_put_(value, (TensorIndex[])[i1, i2, i3]);
        }

        /// <summary>One slice by four dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index((TensorIndex[])[i1, i2, i3, i4]);
            set => index_put_(value, (TensorIndex[])[i1, i2, i3, i4]);
        }

        /// <summary>Elements by numbers, ranges, masks and index tensors.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            (Tensor view, Tensor?[]? advanced) = ApplyBasic(indices);
            if (advanced is null)
                return ReferenceEquals(view, this) ? Dispatcher.Call(Ops.alias, this) : view;
            Tensor result = Dispatcher.Call(Ops.index__Tensor, view, Argument.OptionalTensors(advanced));
            DisposeUnlessThis(view);
            return result;
        }

        /// <summary>Elements by masks and index tensors; null leaves a dimension whole.</summary>
        public Tensor index(params Tensor[] indices) => Dispatcher.Call(Ops.index__Tensor, this, Argument.OptionalTensors(indices));

        /// <summary>Writes elements by numbers, ranges, masks and index tensors.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        /// <summary>Writes elements, or adds to them.</summary>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            (Tensor view, Tensor?[]? advanced) = ApplyBasic(indices);
            if (advanced is not null)
                Dispatcher.Run(Ops.index_put_, view, Argument.OptionalTensors(advanced), value, accumulate);
            else if (accumulate)
                throw new ArgumentException("Accumulating needs an index tensor.", nameof(indices));
            else
                Dispatcher.Run(Ops.copy_, view, value);
            DisposeUnlessThis(view);
            return this;
        }

        /// <summary>Writes elements by masks and index tensors.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        /// <summary>Writes elements by masks and index tensors, or adds to them.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            InPlace(Ops.index_put_, this, Argument.OptionalTensors(indices), value, accumulate);

        /// <summary>Writes one value by numbers, ranges, masks and index tensors.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor number = Dispatcher.Call(Ops.full, Array.Empty<long>(), value, dtype, Argument.None, device);
            return index_put_(number, indices, false);
        }

        /// <summary>Writes one value by masks and index tensors.</summary>
        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using Tensor number = Dispatcher.Call(Ops.full, Array.Empty<long>(), value, dtype, Argument.None, device);
            return index_put_(number, indices, false);
        }

        // Applies numbers, ranges and new dimensions as views; index tensors and masks are left in the places they have in the view.
        private (Tensor View, Tensor?[]? Advanced) ApplyBasic(TensorIndex[] indices)
        {
            Tensor view = this;
            List<Tensor?>? advanced = null;
            int position = 0;
            int maskExtra = 0;
            for (int i = 0; i < indices.Length; i++)
            {
                TensorIndex entry = indices[i];
                switch (entry.kind)
                {
                    case TensorIndex.Kind.Single:
                        view = Replace(view, Dispatcher.Call(Ops.select__int, view, position, entry.start!.Value));
                        break;
                    case TensorIndex.Kind.Slice:
                        if (entry.start is not null || entry.stop is not null || entry.step is not null)
                            view = Replace(view, Dispatcher.Call(Ops.slice__Tensor, view, position, entry.start, entry.stop, entry.step ?? 1));
                        position++;
                        break;
                    case TensorIndex.Kind.None:
                        view = Replace(view, Dispatcher.Call(Ops.unsqueeze, view, position++));
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        position += (int)view.Dimensions - position - DimensionsUsed(indices.AsSpan(i + 1));
                        break;
                    case TensorIndex.Kind.Tensor:
                        // A mask takes several dimensions of the view and one place of the list.
                        advanced ??= [];
                        while (advanced.Count < position - maskExtra)
                            advanced.Add(null);
                        advanced.Add(entry.tensor);
                        int taken = TakenBy(entry.tensor!);
                        position += taken;
                        maskExtra += taken - 1;
                        break;
                    case TensorIndex.Kind.Bool:
                        view = Replace(view, Dispatcher.Call(Ops.unsqueeze, view, position));
                        view = Replace(view, Dispatcher.Call(Ops.slice__Tensor, view, position++, 0, entry.start!.Value, 1));
                        break;
                    default:
                        position++;
                        break;
                }
            }
            return (view, advanced?.ToArray());
        }

        private static int DimensionsUsed(ReadOnlySpan<TensorIndex> indices)
        {
            int used = 0;
            foreach (TensorIndex entry in indices)
                used += entry.kind switch
                {
                    TensorIndex.Kind.Single or TensorIndex.Kind.Slice or TensorIndex.Kind.Null => 1,
                    TensorIndex.Kind.Tensor => TakenBy(entry.tensor!),
                    _ => 0,
                };
            return used;
        }

        private static int TakenBy(Tensor index) => index.dtype is ScalarType.Bool or ScalarType.Byte ? (int)index.Dimensions : 1;

        private Tensor Replace(Tensor old, Tensor view)
        {
            DisposeUnlessThis(old, view);
            return view;
        }

        private void DisposeUnlessThis(Tensor tensor, Tensor? next = null)
        {
            if (!ReferenceEquals(tensor, this) && !ReferenceEquals(tensor, next))
                tensor.Dispose();
        }
    }
}
