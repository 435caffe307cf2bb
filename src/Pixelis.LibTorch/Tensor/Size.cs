using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Sizes of the dimensions of a tensor.</summary>
    public struct Size : IEnumerable<long>
    {
        private readonly long[] _shape;

        /// <summary>Sizes from an array, which is not copied.</summary>
        public Size(long[] shape) => _shape = shape;

        /// <summary>Sizes from a sequence.</summary>
        public Size(IEnumerable<long> shape) => _shape = shape.ToArray();

        /// <summary>Sizes from integers.</summary>
        public Size(int[] shape) => _shape = Array.ConvertAll(shape, size => (long)size);

        /// <summary>One dimension.</summary>
        public Size(long size) => _shape = [size];

        /// <summary>No dimensions.</summary>
        public static readonly Size Empty = new(Array.Empty<long>());

        /// <summary>Whether there are no dimensions.</summary>
        public bool IsEmpty => Shape.Length == 0;

        /// <summary>Whether there are no dimensions.</summary>
        public bool IsScalar => Shape.Length == 0;

        /// <summary>Number of dimensions.</summary>
        public int Length => Shape.Length;

        /// <summary>The sizes.</summary>
        public long[] Shape => _shape ?? [];

        /// <summary>One size; negative counts from the last.</summary>
        public long this[int idx] => idx < 0 ? Shape[Shape.Length + idx] : Shape[idx];

        /// <summary>One size; negative counts from the last.</summary>
        public long this[long idx] => this[(int)idx];

        /// <summary>Number of elements.</summary>
        public long numel()
        {
            long count = 1;
            foreach (long size in Shape)
                count *= size;
            return count;
        }

        /// <summary>The sizes from one dimension to before another.</summary>
        public Size Slice(int first, int next) => new(Shape[first..next]);

        /// <inheritdoc />
        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();

        /// <inheritdoc />
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <inheritdoc />
        public override bool Equals(object? obj) => obj is Size other && this == other;

        /// <inheritdoc />
        public override int GetHashCode() => Shape.Aggregate(17, HashCode.Combine);

        /// <summary>Joins sizes.</summary>
        public static Size operator +(Size left, Size right) => new([.. left.Shape, .. right.Shape]);

        /// <summary>Whether all sizes are equal.</summary>
        public static bool operator ==(Size left, Size right) => left.Shape.AsSpan().SequenceEqual(right.Shape);

        /// <summary>Whether a size differs.</summary>
        public static bool operator !=(Size left, Size right) => !(left == right);

        /// <summary>Sizes from an array.</summary>
        public static implicit operator Size(long[] size) => new(size);

        /// <summary>One dimension.</summary>
        public static implicit operator Size(long size) => new(size);

        /// <summary>Two dimensions.</summary>
        public static implicit operator Size((long, long) size) => new([size.Item1, size.Item2]);

        /// <summary>Three dimensions.</summary>
        public static implicit operator Size((long, long, long) size) => new([size.Item1, size.Item2, size.Item3]);
    }
}
