using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether each element is equal to the other.</summary>
        public Tensor eq(Tensor target) => Dispatcher.Call(Ops.eq__Tensor, this, target);

        /// <summary>Whether each element is equal to the other, written in place.</summary>
        public Tensor eq_(Tensor target) => InPlace(Ops.eq___Tensor, this, target);

        /// <summary>Whether each element is equal to the other.</summary>
        public Tensor eq(Scalar target) => Dispatcher.Call(Ops.eq__Scalar, this, target);

        /// <summary>Whether each element is equal to the other, written in place.</summary>
        public Tensor eq_(Scalar target) => InPlace(Ops.eq___Scalar, this, target);

        /// <summary>Whether each element is different from the other.</summary>
        public Tensor ne(Tensor target) => Dispatcher.Call(Ops.ne__Tensor, this, target);

        /// <summary>Whether each element is different from the other, written in place.</summary>
        public Tensor ne_(Tensor target) => InPlace(Ops.ne___Tensor, this, target);

        /// <summary>Whether each element is different from the other.</summary>
        public Tensor ne(Scalar target) => Dispatcher.Call(Ops.ne__Scalar, this, target);

        /// <summary>Whether each element is different from the other, written in place.</summary>
        public Tensor ne_(Scalar target) => InPlace(Ops.ne___Scalar, this, target);

        /// <summary>Whether each element is less than the other.</summary>
        public Tensor lt(Tensor target) => Dispatcher.Call(Ops.lt__Tensor, this, target);

        /// <summary>Whether each element is less than the other, written in place.</summary>
        public Tensor lt_(Tensor target) => InPlace(Ops.lt___Tensor, this, target);

        /// <summary>Whether each element is less than the other.</summary>
        public Tensor lt(Scalar target) => Dispatcher.Call(Ops.lt__Scalar, this, target);

        /// <summary>Whether each element is less than the other, written in place.</summary>
        public Tensor lt_(Scalar target) => InPlace(Ops.lt___Scalar, this, target);

        /// <summary>Whether each element is at most the other.</summary>
        public Tensor le(Tensor target) => Dispatcher.Call(Ops.le__Tensor, this, target);

        /// <summary>Whether each element is at most the other, written in place.</summary>
        public Tensor le_(Tensor target) => InPlace(Ops.le___Tensor, this, target);

        /// <summary>Whether each element is at most the other.</summary>
        public Tensor le(Scalar target) => Dispatcher.Call(Ops.le__Scalar, this, target);

        /// <summary>Whether each element is at most the other, written in place.</summary>
        public Tensor le_(Scalar target) => InPlace(Ops.le___Scalar, this, target);

        /// <summary>Whether each element is greater than the other.</summary>
        public Tensor gt(Tensor target) => Dispatcher.Call(Ops.gt__Tensor, this, target);

        /// <summary>Whether each element is greater than the other, written in place.</summary>
        public Tensor gt_(Tensor target) => InPlace(Ops.gt___Tensor, this, target);

        /// <summary>Whether each element is greater than the other.</summary>
        public Tensor gt(Scalar target) => Dispatcher.Call(Ops.gt__Scalar, this, target);

        /// <summary>Whether each element is greater than the other, written in place.</summary>
        public Tensor gt_(Scalar target) => InPlace(Ops.gt___Scalar, this, target);

        /// <summary>Whether each element is at least the other.</summary>
        public Tensor ge(Tensor target) => Dispatcher.Call(Ops.ge__Tensor, this, target);

        /// <summary>Whether each element is at least the other, written in place.</summary>
        public Tensor ge_(Tensor target) => InPlace(Ops.ge___Tensor, this, target);

        /// <summary>Whether each element is at least the other.</summary>
        public Tensor ge(Scalar target) => Dispatcher.Call(Ops.ge__Scalar, this, target);

        /// <summary>Whether each element is at least the other, written in place.</summary>
        public Tensor ge_(Scalar target) => InPlace(Ops.ge___Scalar, this, target);

        /// <summary>Whether each element is less than the other.</summary>
        public Tensor less(Tensor target) => Dispatcher.Call(Ops.lt__Tensor, this, target);

        /// <summary>Whether each element is at most the other.</summary>
        public Tensor less_equal(Tensor target) => Dispatcher.Call(Ops.le__Tensor, this, target);

        /// <summary>Whether each element is greater than the other.</summary>
        public Tensor greater(Tensor target) => Dispatcher.Call(Ops.gt__Tensor, this, target);

        /// <summary>Whether each element is at least the other.</summary>
        public Tensor greater_equal(Tensor target) => Dispatcher.Call(Ops.ge__Tensor, this, target);

        /// <summary>Whether each element is different from the other.</summary>
        public Tensor not_equal(Tensor target) => Dispatcher.Call(Ops.ne__Tensor, this, target);

        /// <summary>Whether each element is equal to the other.</summary>
        public Tensor equal(Tensor target) => Dispatcher.Call(Ops.eq__Tensor, this, target);

        /// <summary>Whether all elements agree within <c>atol + rtol * |target|</c>.</summary>
        public bool allclose(Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) =>
            Dispatcher.CallBool(Ops.allclose, this, target, rtol, atol, equal_nan);

        /// <summary>Whether each element agrees within <c>atol + rtol * |other|</c>.</summary>
        public Tensor isclose(Tensor other, double rtol = 1E-05, double atol = 1E-08, bool nanEqual = false) =>
            Dispatcher.Call(Ops.isclose, this, other, rtol, atol, nanEqual);

        /// <summary>Whether each element is one of the test elements.</summary>
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Dispatcher.Call(Ops.isin__Tensor_Tensor, this, test_elements, assumeUnique, invert);

        /// <summary>Whether the only element is not zero.</summary>
        public bool is_nonzero() => ToScalar().AsDouble != 0;
    }
}
