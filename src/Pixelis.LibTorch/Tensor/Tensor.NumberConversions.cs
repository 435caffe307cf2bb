using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A tensor without dimensions that holds the scalar.</summary>
        public static implicit operator Tensor(Scalar scalar) => scalar.Kind switch
        {
            ValueKind.Bool => tensor(scalar.AsInt64 != 0),
            ValueKind.Double => tensor(scalar.AsDouble, scalar.Type),
            _ => tensor(scalar.AsInt64, scalar.Type),
        };

        /// <summary>A tensor without dimensions that holds a byte.</summary>
        public static implicit operator Tensor(byte value) => tensor(value);

        /// <summary>A tensor without dimensions that holds a sbyte.</summary>
        public static implicit operator Tensor(sbyte value) => tensor(value);

        /// <summary>A tensor without dimensions that holds a short.</summary>
        public static implicit operator Tensor(short value) => tensor(value);

        /// <summary>A tensor without dimensions that holds an int.</summary>
        public static implicit operator Tensor(int value) => tensor(value);

        /// <summary>A tensor without dimensions that holds a long.</summary>
        public static implicit operator Tensor(long value) => tensor(value);

        /// <summary>A tensor without dimensions that holds a float.</summary>
        public static implicit operator Tensor(float value) => tensor(value);

        /// <summary>A tensor without dimensions that holds a double.</summary>
        public static implicit operator Tensor(double value) => tensor(value);

        /// <summary>A tensor without dimensions that holds a bool.</summary>
        public static implicit operator Tensor(bool value) => tensor(value);

        /// <summary>A one-dimensional tensor with a copy of the values.</summary>
        public static implicit operator Tensor(byte[] value) => tensor(value);

        /// <summary>A one-dimensional tensor with a copy of the values.</summary>
        public static implicit operator Tensor(sbyte[] value) => tensor(value);

        /// <summary>A one-dimensional tensor with a copy of the values.</summary>
        public static implicit operator Tensor(short[] value) => tensor(value);

        /// <summary>A one-dimensional tensor with a copy of the values.</summary>
        public static implicit operator Tensor(int[] value) => tensor(value);

        /// <summary>A one-dimensional tensor with a copy of the values.</summary>
        public static implicit operator Tensor(long[] value) => tensor(value);

        /// <summary>A one-dimensional tensor with a copy of the values.</summary>
        public static implicit operator Tensor(float[] value) => tensor(value);

        /// <summary>A one-dimensional tensor with a copy of the values.</summary>
        public static implicit operator Tensor(double[] value) => tensor(value);

        /// <summary>A one-dimensional tensor with a copy of the values.</summary>
        public static implicit operator Tensor(bool[] value) => tensor(value);

        /// <summary>The only element as float.</summary>
        public static explicit operator float(Tensor value) => (float)value.ToScalar().AsDouble;

        /// <summary>The only element as double.</summary>
        public static explicit operator double(Tensor value) => value.ToScalar().AsDouble;

        /// <summary>The only element as sbyte.</summary>
        public static explicit operator sbyte(Tensor value) => (sbyte)value.ToScalar().AsInt64;

        /// <summary>The only element as byte.</summary>
        public static explicit operator byte(Tensor value) => (byte)value.ToScalar().AsInt64;

        /// <summary>The only element as short.</summary>
        public static explicit operator short(Tensor value) => (short)value.ToScalar().AsInt64;

        /// <summary>The only element as int.</summary>
        public static explicit operator int(Tensor value) => (int)value.ToScalar().AsInt64;

        /// <summary>The only element as long.</summary>
        public static explicit operator long(Tensor value) => value.ToScalar().AsInt64;

        /// <summary>The only element as bool.</summary>
        public static explicit operator bool(Tensor value) => value.ToScalar().AsDouble != 0;
    }
}
