using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => Dispatcher.Call(Ops.add__Tensor, left, right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => Dispatcher.Call(Ops.add__Scalar, left, right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, int right) => Dispatcher.Call(Ops.add__Scalar, left, right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, long right) => Dispatcher.Call(Ops.add__Scalar, left, right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, float right) => Dispatcher.Call(Ops.add__Scalar, left, right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, double right) => Dispatcher.Call(Ops.add__Scalar, left, right);

        /// <summary>Sum of a number and a tensor.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => Dispatcher.Call(Ops.add__Scalar, right, left);

        /// <summary>Sum of a number and a tensor.</summary>
        public static Tensor operator +(int left, Tensor right) => Dispatcher.Call(Ops.add__Scalar, right, left);

        /// <summary>Sum of a number and a tensor.</summary>
        public static Tensor operator +(long left, Tensor right) => Dispatcher.Call(Ops.add__Scalar, right, left);

        /// <summary>Sum of a number and a tensor.</summary>
        public static Tensor operator +(float left, Tensor right) => Dispatcher.Call(Ops.add__Scalar, right, left);

        /// <summary>Sum of a number and a tensor.</summary>
        public static Tensor operator +(double left, Tensor right) => Dispatcher.Call(Ops.add__Scalar, right, left);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => Dispatcher.Call(Ops.sub__Tensor, left, right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => Dispatcher.Call(Ops.sub__Scalar, left, right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, int right) => Dispatcher.Call(Ops.sub__Scalar, left, right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, long right) => Dispatcher.Call(Ops.sub__Scalar, left, right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, float right) => Dispatcher.Call(Ops.sub__Scalar, left, right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, double right) => Dispatcher.Call(Ops.sub__Scalar, left, right);

        /// <summary>Difference of a number and a tensor.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => Dispatcher.Call(Ops.rsub__Scalar, right, left);

        /// <summary>Difference of a number and a tensor.</summary>
        public static Tensor operator -(int left, Tensor right) => Dispatcher.Call(Ops.rsub__Scalar, right, left);

        /// <summary>Difference of a number and a tensor.</summary>
        public static Tensor operator -(long left, Tensor right) => Dispatcher.Call(Ops.rsub__Scalar, right, left);

        /// <summary>Difference of a number and a tensor.</summary>
        public static Tensor operator -(float left, Tensor right) => Dispatcher.Call(Ops.rsub__Scalar, right, left);

        /// <summary>Difference of a number and a tensor.</summary>
        public static Tensor operator -(double left, Tensor right) => Dispatcher.Call(Ops.rsub__Scalar, right, left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => Dispatcher.Call(Ops.mul__Tensor, left, right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => Dispatcher.Call(Ops.mul__Scalar, left, right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, int right) => Dispatcher.Call(Ops.mul__Scalar, left, right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, long right) => Dispatcher.Call(Ops.mul__Scalar, left, right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, float right) => Dispatcher.Call(Ops.mul__Scalar, left, right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, double right) => Dispatcher.Call(Ops.mul__Scalar, left, right);

        /// <summary>Product of a number and a tensor.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => Dispatcher.Call(Ops.mul__Scalar, right, left);

        /// <summary>Product of a number and a tensor.</summary>
        public static Tensor operator *(int left, Tensor right) => Dispatcher.Call(Ops.mul__Scalar, right, left);

        /// <summary>Product of a number and a tensor.</summary>
        public static Tensor operator *(long left, Tensor right) => Dispatcher.Call(Ops.mul__Scalar, right, left);

        /// <summary>Product of a number and a tensor.</summary>
        public static Tensor operator *(float left, Tensor right) => Dispatcher.Call(Ops.mul__Scalar, right, left);

        /// <summary>Product of a number and a tensor.</summary>
        public static Tensor operator *(double left, Tensor right) => Dispatcher.Call(Ops.mul__Scalar, right, left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => Dispatcher.Call(Ops.div__Tensor, left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => Dispatcher.Call(Ops.div__Scalar, left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, int right) => Dispatcher.Call(Ops.div__Scalar, left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, long right) => Dispatcher.Call(Ops.div__Scalar, left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, float right) => Dispatcher.Call(Ops.div__Scalar, left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, double right) => Dispatcher.Call(Ops.div__Scalar, left, right);

        /// <summary>Quotient of a number and a tensor.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => Reciprocal(right, left);

        /// <summary>Quotient of a number and a tensor.</summary>
        public static Tensor operator /(int left, Tensor right) => Reciprocal(right, left);

        /// <summary>Quotient of a number and a tensor.</summary>
        public static Tensor operator /(long left, Tensor right) => Reciprocal(right, left);

        /// <summary>Quotient of a number and a tensor.</summary>
        public static Tensor operator /(float left, Tensor right) => Reciprocal(right, left);

        /// <summary>Quotient of a number and a tensor.</summary>
        public static Tensor operator /(double left, Tensor right) => Reciprocal(right, left);

        /// <summary>Remainder, element by element.</summary>
        public static Tensor operator %(Tensor left, Tensor right) => Dispatcher.Call(Ops.remainder__Tensor, left, right);

        /// <summary>Remainder with a number.</summary>
        public static Tensor operator %(Tensor left, Scalar right) => Dispatcher.Call(Ops.remainder__Scalar, left, right);

        /// <summary>Remainder with a number.</summary>
        public static Tensor operator %(Tensor left, int right) => Dispatcher.Call(Ops.remainder__Scalar, left, right);

        /// <summary>Remainder with a number.</summary>
        public static Tensor operator %(Tensor left, long right) => Dispatcher.Call(Ops.remainder__Scalar, left, right);

        /// <summary>Remainder with a number.</summary>
        public static Tensor operator %(Tensor left, float right) => Dispatcher.Call(Ops.remainder__Scalar, left, right);

        /// <summary>Remainder with a number.</summary>
        public static Tensor operator %(Tensor left, double right) => Dispatcher.Call(Ops.remainder__Scalar, left, right);

        /// <summary>Whether each element is equal to the other.</summary>
        public static Tensor operator ==(Tensor left, Tensor right) => Dispatcher.Call(Ops.eq__Tensor, left, right);

        /// <summary>Whether each element is equal to a number.</summary>
        public static Tensor operator ==(Tensor left, Scalar right) => Dispatcher.Call(Ops.eq__Scalar, left, right);

        /// <summary>Whether a number is equal to each element.</summary>
        public static Tensor operator ==(Scalar left, Tensor right) => Dispatcher.Call(Ops.eq__Scalar, right, left);

        /// <summary>Whether each element is different from the other.</summary>
        public static Tensor operator !=(Tensor left, Tensor right) => Dispatcher.Call(Ops.ne__Tensor, left, right);

        /// <summary>Whether each element is different from a number.</summary>
        public static Tensor operator !=(Tensor left, Scalar right) => Dispatcher.Call(Ops.ne__Scalar, left, right);

        /// <summary>Whether a number is different from each element.</summary>
        public static Tensor operator !=(Scalar left, Tensor right) => Dispatcher.Call(Ops.ne__Scalar, right, left);

        /// <summary>Whether each element is less than the other.</summary>
        public static Tensor operator <(Tensor left, Tensor right) => Dispatcher.Call(Ops.lt__Tensor, left, right);

        /// <summary>Whether each element is less than a number.</summary>
        public static Tensor operator <(Tensor left, Scalar right) => Dispatcher.Call(Ops.lt__Scalar, left, right);

        /// <summary>Whether a number is less than each element.</summary>
        public static Tensor operator <(Scalar left, Tensor right) => Dispatcher.Call(Ops.gt__Scalar, right, left);

        /// <summary>Whether each element is at most the other.</summary>
        public static Tensor operator <=(Tensor left, Tensor right) => Dispatcher.Call(Ops.le__Tensor, left, right);

        /// <summary>Whether each element is at most a number.</summary>
        public static Tensor operator <=(Tensor left, Scalar right) => Dispatcher.Call(Ops.le__Scalar, left, right);

        /// <summary>Whether a number is at most each element.</summary>
        public static Tensor operator <=(Scalar left, Tensor right) => Dispatcher.Call(Ops.ge__Scalar, right, left);

        /// <summary>Whether each element is greater than the other.</summary>
        public static Tensor operator >(Tensor left, Tensor right) => Dispatcher.Call(Ops.gt__Tensor, left, right);

        /// <summary>Whether each element is greater than a number.</summary>
        public static Tensor operator >(Tensor left, Scalar right) => Dispatcher.Call(Ops.gt__Scalar, left, right);

        /// <summary>Whether a number is greater than each element.</summary>
        public static Tensor operator >(Scalar left, Tensor right) => Dispatcher.Call(Ops.lt__Scalar, right, left);

        /// <summary>Whether each element is at least the other.</summary>
        public static Tensor operator >=(Tensor left, Tensor right) => Dispatcher.Call(Ops.ge__Tensor, left, right);

        /// <summary>Whether each element is at least a number.</summary>
        public static Tensor operator >=(Tensor left, Scalar right) => Dispatcher.Call(Ops.ge__Scalar, left, right);

        /// <summary>Whether a number is at least each element.</summary>
        public static Tensor operator >=(Scalar left, Tensor right) => Dispatcher.Call(Ops.le__Scalar, right, left);

        /// <summary>Bitwise (for truth values logical) and.</summary>
        public static Tensor operator &(Tensor left, Tensor right) => Dispatcher.Call(Ops.bitwise_and__Tensor, left, right);

        /// <summary>Bitwise (for truth values logical) or.</summary>
        public static Tensor operator |(Tensor left, Tensor right) => Dispatcher.Call(Ops.bitwise_or__Tensor, left, right);

        /// <summary>Bitwise (for truth values logical) exclusive or.</summary>
        public static Tensor operator ^(Tensor left, Tensor right) => Dispatcher.Call(Ops.bitwise_xor__Tensor, left, right);

        /// <summary>Bitwise (for truth values logical) complement.</summary>
        public static Tensor operator ~(Tensor left) => Dispatcher.Call(Ops.bitwise_not, left);

        /// <summary>Changes the sign.</summary>
        public static Tensor operator -(Tensor tensor) => Dispatcher.Call(Ops.neg, tensor);

        // A scalar alone is a zero-dimensional tensor; dividing it keeps the tensor's type, as TorchSharp does.
        private static Tensor Reciprocal(Tensor divisor, Argument number)
        {
            using Tensor inverse = Dispatcher.Call(Ops.reciprocal, divisor);
            return Dispatcher.Call(Ops.mul__Scalar, inverse, number);
        }
    }
}
