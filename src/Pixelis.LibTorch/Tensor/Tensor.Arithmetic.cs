using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum.</summary>
        public Tensor add(Tensor target) => Dispatcher.Call(Ops.add__Tensor, this, target);

        /// <summary>Sum with the other tensor times alpha.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Dispatcher.Call(Ops.add__Tensor, this, target, alpha);

        /// <summary>Sum with a number.</summary>
        public Tensor add(Scalar scalar) => Dispatcher.Call(Ops.add__Scalar, this, scalar);

        /// <summary>Sum with a number times alpha.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => Dispatcher.Call(Ops.add__Scalar, this, scalar, alpha);

        /// <summary>Adds in place.</summary>
        public Tensor add_(Tensor target) => InPlace(Ops.add___Tensor, this, target);

        /// <summary>Adds the other tensor times alpha in place.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => InPlace(Ops.add___Tensor, this, target, alpha);

        /// <summary>Adds a number in place.</summary>
        public Tensor add_(Scalar scalar) => InPlace(Ops.add___Scalar, this, scalar);

        /// <summary>Adds a number times alpha in place.</summary>
        public Tensor add_(Scalar scalar, Scalar alpha) => InPlace(Ops.add___Scalar, this, scalar, alpha);

        /// <summary>Adds value * tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Dispatcher.Call(Ops.addcdiv, this, tensor1, tensor2, value);

        /// <summary>Adds tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Dispatcher.Call(Ops.addcdiv, this, tensor1, tensor2);

        /// <summary>Adds value * tensor1 / tensor2 in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace(Ops.addcdiv_, this, tensor1, tensor2, value);

        /// <summary>Adds tensor1 / tensor2 in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => InPlace(Ops.addcdiv_, this, tensor1, tensor2);

        /// <summary>Adds value * tensor1 * tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Dispatcher.Call(Ops.addcmul, this, tensor1, tensor2, value);

        /// <summary>Adds value * tensor1 * tensor2 in place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace(Ops.addcmul_, this, tensor1, tensor2, value);

        /// <summary>Difference.</summary>
        public Tensor sub(Tensor target) => Dispatcher.Call(Ops.sub__Tensor, this, target);

        /// <summary>Difference with a number.</summary>
        public Tensor sub(Scalar target) => Dispatcher.Call(Ops.sub__Scalar, this, target);

        /// <summary>Subtracts in place.</summary>
        public Tensor sub_(Tensor target) => InPlace(Ops.sub___Tensor, this, target);

        /// <summary>Subtracts a number in place.</summary>
        public Tensor sub_(Scalar target) => InPlace(Ops.sub___Scalar, this, target);

        /// <summary>Difference.</summary>
        public Tensor subtract(Tensor target) => Dispatcher.Call(Ops.sub__Tensor, this, target);

        /// <summary>Difference with a number.</summary>
        public Tensor subtract(Scalar target) => Dispatcher.Call(Ops.sub__Scalar, this, target);

        /// <summary>Element-wise product.</summary>
        public Tensor mul(Tensor target) => Dispatcher.Call(Ops.mul__Tensor, this, target);

        /// <summary>Product with a number.</summary>
        public Tensor mul(Scalar target) => Dispatcher.Call(Ops.mul__Scalar, this, target);

        /// <summary>Multiplies in place.</summary>
        public Tensor mul_(Tensor target) => InPlace(Ops.mul___Tensor, this, target);

        /// <summary>Multiplies by a number in place.</summary>
        public Tensor mul_(Scalar target) => InPlace(Ops.mul___Scalar, this, target);

        /// <summary>Element-wise product.</summary>
        public Tensor multiply(Tensor target) => Dispatcher.Call(Ops.mul__Tensor, this, target);

        /// <summary>Product with a number.</summary>
        public Tensor multiply(Scalar target) => Dispatcher.Call(Ops.mul__Scalar, this, target);

        /// <summary>Quotient.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Dispatcher.Call(Ops.div__Tensor_mode, this, target, RoundingName(rounding_mode));

        /// <summary>Quotient by a number.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Dispatcher.Call(Ops.div__Scalar_mode, this, target, RoundingName(rounding_mode));

        /// <summary>Divides in place.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace(Ops.div___Tensor_mode, this, target, RoundingName(rounding_mode));

        /// <summary>Divides by a number in place.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace(Ops.div___Scalar_mode, this, target, RoundingName(rounding_mode));

        /// <summary>Quotient.</summary>
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        /// <summary>Quotient by a number.</summary>
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        /// <summary>Quotient, never rounded.</summary>
        public Tensor true_divide(Tensor other) => Dispatcher.Call(Ops.true_divide__Tensor, this, other);

        /// <summary>Quotient by a number, never rounded.</summary>
        public Tensor true_divide(Scalar other) => Dispatcher.Call(Ops.true_divide__Scalar, this, other);

        /// <summary>Quotient rounded down.</summary>
        public Tensor floor_divide(Tensor other) => Dispatcher.Call(Ops.floor_divide, this, other);

        /// <summary>Quotient by a number, rounded down.</summary>
        public Tensor floor_divide(Scalar other) => Dispatcher.Call(Ops.floor_divide__Scalar, this, other);

        /// <summary>Divides and rounds down in place.</summary>
        public Tensor floor_divide_(Tensor other) => InPlace(Ops.floor_divide___Tensor, this, other);

        /// <summary>Divides by a number and rounds down in place.</summary>
        public Tensor floor_divide_(Scalar other) => InPlace(Ops.floor_divide___Scalar, this, other);

        /// <summary>Remainder with the divisor's sign.</summary>
        public Tensor remainder(Tensor target) => Dispatcher.Call(Ops.remainder__Tensor, this, target);

        /// <summary>Remainder with the divisor's sign.</summary>
        public Tensor remainder(Scalar scalar) => Dispatcher.Call(Ops.remainder__Scalar, this, scalar);

        /// <summary>Remainder with the divisor's sign, in place.</summary>
        public Tensor remainder_(Tensor target) => InPlace(Ops.remainder___Tensor, this, target);

        /// <summary>Remainder with the divisor's sign, in place.</summary>
        public Tensor remainder_(Scalar scalar) => InPlace(Ops.remainder___Scalar, this, scalar);

        /// <summary>Remainder with the dividend's sign.</summary>
        public Tensor fmod(Tensor target) => Dispatcher.Call(Ops.fmod__Tensor, this, target);

        /// <summary>Remainder with the dividend's sign.</summary>
        public Tensor fmod(Scalar scalar) => Dispatcher.Call(Ops.fmod__Scalar, this, scalar);

        /// <summary>Power.</summary>
        public Tensor pow(Tensor exponent) => Dispatcher.Call(Ops.pow__Tensor_Tensor, this, exponent);

        /// <summary>Power with one exponent.</summary>
        public Tensor pow(Scalar exponent) => Dispatcher.Call(Ops.pow__Tensor_Scalar, this, exponent);

        /// <summary>Power in place.</summary>
        public Tensor pow_(Tensor exponent) => InPlace(Ops.pow___Tensor, this, exponent);

        /// <summary>Power with one exponent, in place.</summary>
        public Tensor pow_(Scalar exponent) => InPlace(Ops.pow___Scalar, this, exponent);

        /// <summary>Power, computed in double precision.</summary>
        public Tensor float_power(Tensor target) => Dispatcher.Call(Ops.float_power__Tensor_Tensor, this, target);

        /// <summary>Element-wise maximum; NaN wins.</summary>
        public Tensor maximum(Tensor other) => Dispatcher.Call(Ops.maximum, this, other);

        /// <summary>Element-wise minimum; NaN wins.</summary>
        public Tensor minimum(Tensor other) => Dispatcher.Call(Ops.minimum, this, other);

        /// <summary>Element-wise maximum; a number wins over NaN.</summary>
        public Tensor fmax(Tensor other) => Dispatcher.Call(Ops.fmax, this, other);

        /// <summary>Element-wise minimum; a number wins over NaN.</summary>
        public Tensor fmin(Tensor other) => Dispatcher.Call(Ops.fmin, this, other);

        /// <summary>Angle of the point (other, this).</summary>
        public Tensor atan2(Tensor other) => Dispatcher.Call(Ops.atan2, this, other);

        /// <summary>Length of the hypotenuse.</summary>
        public Tensor hypot(Tensor other) => Dispatcher.Call(Ops.hypot, this, other);

        /// <summary>Logarithm of the sum of exponentials.</summary>
        public Tensor logaddexp(Tensor other) => Dispatcher.Call(Ops.logaddexp, this, other);

        /// <summary>this * log(y), 0 where this is 0.</summary>
        public Tensor xlogy(Tensor y) => Dispatcher.Call(Ops.xlogy__Tensor, this, y);

        /// <summary>Magnitude of this with the other's sign.</summary>
        public Tensor copysign(Tensor other) => Dispatcher.Call(Ops.copysign__Tensor, this, other);

        /// <summary>Bitwise and.</summary>
        public Tensor bitwise_and(Tensor other) => Dispatcher.Call(Ops.bitwise_and__Tensor, this, other);

        /// <summary>Bitwise or.</summary>
        public Tensor bitwise_or(Tensor other) => Dispatcher.Call(Ops.bitwise_or__Tensor, this, other);

        /// <summary>Bitwise exclusive or.</summary>
        public Tensor bitwise_xor(Tensor other) => Dispatcher.Call(Ops.bitwise_xor__Tensor, this, other);

        /// <summary>Bitwise and, in place.</summary>
        public Tensor bitwise_and_(Tensor other) => InPlace(Ops.bitwise_and___Tensor, this, other);

        /// <summary>Bitwise or, in place.</summary>
        public Tensor bitwise_or_(Tensor other) => InPlace(Ops.bitwise_or___Tensor, this, other);

        /// <summary>Bitwise exclusive or, in place.</summary>
        public Tensor bitwise_xor_(Tensor other) => InPlace(Ops.bitwise_xor___Tensor, this, other);

        /// <summary>Shifts bits to the left.</summary>
        public Tensor bitwise_left_shift(Tensor other) => Dispatcher.Call(Ops.bitwise_left_shift__Tensor, this, other);

        /// <summary>Shifts bits to the right.</summary>
        public Tensor bitwise_right_shift(Tensor other) => Dispatcher.Call(Ops.bitwise_right_shift__Tensor, this, other);

        /// <summary>Whether both elements are not zero.</summary>
        public Tensor logical_and(Tensor other) => Dispatcher.Call(Ops.logical_and, this, other);

        /// <summary>Whether an element is not zero.</summary>
        public Tensor logical_or(Tensor other) => Dispatcher.Call(Ops.logical_or, this, other);

        /// <summary>Whether exactly one element is not zero.</summary>
        public Tensor logical_xor(Tensor other) => Dispatcher.Call(Ops.logical_xor, this, other);

        /// <summary>Whether both elements are not zero, in place.</summary>
        public Tensor logical_and_(Tensor other) => InPlace(Ops.logical_and_, this, other);

        /// <summary>Whether an element is not zero, in place.</summary>
        public Tensor logical_or_(Tensor other) => InPlace(Ops.logical_or_, this, other);

        /// <summary>Sets every element to zero.</summary>
        public Tensor zero_() => InPlace(Ops.zero_, this);

        /// <summary>Sets every element to a value.</summary>
        public Tensor fill_(Scalar value) => InPlace(Ops.fill___Scalar, this, value);

        /// <summary>Copies another tensor's elements into this one, converting type and device.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => InPlace(Ops.copy_, this, source, nonBlocking);
    }
}
