using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Matrix product, with broadcast batch dimensions.</summary>
        public Tensor matmul(Tensor target) => Dispatcher.Call(Ops.matmul, this, target);

        /// <summary>Product of two matrices.</summary>
        public Tensor mm(Tensor target) => Dispatcher.Call(Ops.mm, this, target);

        /// <summary>Products of two batches of matrices <c>[B, n, m]</c> and <c>[B, m, p]</c>.</summary>
        public Tensor bmm(Tensor batch2) => Dispatcher.Call(Ops.bmm, this, batch2);

        /// <summary>Product of a matrix and a vector.</summary>
        public Tensor mv(Tensor target) => Dispatcher.Call(Ops.mv, this, target);

        /// <summary>Product of two vectors.</summary>
        public Tensor dot(Tensor target) => Dispatcher.Call(Ops.dot, this, target);

        /// <summary>Product of two vectors, the first conjugated.</summary>
        public Tensor vdot(Tensor target) => Dispatcher.Call(Ops.vdot, this, target);

        /// <summary>Outer product of two vectors.</summary>
        public Tensor outer(Tensor vec2) => Dispatcher.Call(Ops.outer, this, vec2);

        /// <summary>Outer product of two vectors.</summary>
        public Tensor ger(Tensor vec2) => Dispatcher.Call(Ops.outer, this, vec2);

        /// <summary>Products over the last dimension.</summary>
        public Tensor inner(Tensor vec2) => Dispatcher.Call(Ops.inner, this, vec2);

        /// <summary>Kronecker product.</summary>
        public Tensor kron(Tensor other) => Dispatcher.Call(Ops.kron, this, other);

        /// <summary>beta * this + alpha * mat1 mat2.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) => Dispatcher.Call(Ops.addmm, this, mat1, mat2, beta, alpha);

        /// <summary>beta * this + alpha * mat1 mat2, in place.</summary>
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) => InPlace(Ops.addmm_, this, mat1, mat2, beta, alpha);

        /// <summary>beta * this + alpha * mat vec.</summary>
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) => Dispatcher.Call(Ops.addmv, this, mat, vec, beta, alpha);

        /// <summary>beta * this + alpha * mat vec, in place.</summary>
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) => InPlace(Ops.addmv_, this, mat, vec, beta, alpha);

        /// <summary>beta * this + alpha * outer product.</summary>
        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => Dispatcher.Call(Ops.addr, this, vec1, vec2, beta, alpha);

        /// <summary>beta * this + alpha * the sum of the batch's products.</summary>
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Dispatcher.Call(Ops.addbmm, this, batch1, batch2, beta, alpha);

        /// <summary>beta * this + alpha * the batch's products.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Dispatcher.Call(Ops.baddbmm, this, batch1, batch2, beta, alpha);

        /// <summary>Power of a matrix.</summary>
        public Tensor matrix_power(int n) => Dispatcher.Call(Ops.matrix_power, this, n);

        /// <summary>Inverse of a matrix.</summary>
        public Tensor inverse() => Dispatcher.Call(Ops.inverse, this);

        /// <summary>Pseudo-inverse of a matrix.</summary>
        public Tensor pinverse(double rcond = 1E-15, bool hermitian = false) => Dispatcher.Call(Ops.linalg_pinv, this, rcond, hermitian);

        /// <summary>Determinant.</summary>
        public Tensor det() => Dispatcher.Call(Ops.det, this);

        /// <summary>Logarithm of the determinant.</summary>
        public Tensor logdet() => Dispatcher.Call(Ops.logdet, this);

        /// <summary>Cholesky factor of a positive definite matrix.</summary>
        public Tensor cholesky(bool upper = false) => Dispatcher.Call(Ops.cholesky, this, upper);
    }
}
