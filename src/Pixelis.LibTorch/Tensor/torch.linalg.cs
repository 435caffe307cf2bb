using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static partial class linalg
    {
        /// <summary>Singular value decomposition: U, the singular values in descending order, and the transposed V.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) =>
            Dispatcher.CallThree(Ops.linalg_svd, input, fullMatrices);

        /// <summary>Singular values in descending order.</summary>
        public static Tensor svdvals(Tensor input) => Dispatcher.Call(Ops.linalg_svdvals, input);

        /// <summary>Norm over dimensions; of a vector where none are given.</summary>
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Dispatcher.Call(Ops.linalg_norm, input, ord, dims, keepdim);

        /// <summary>Norm over dimensions; of a vector where none are given.</summary>
        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) => norm(input, (double)ord, dims, keepdim);

        /// <summary>2-norm of a vector, Frobenius norm of a matrix.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Dispatcher.Call(Ops.linalg_norm, input, Argument.None, dims, keepdim);

        /// <summary>Norm of vectors.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Dispatcher.Call(Ops.linalg_vector_norm, input, ord, dims, keepdim);

        /// <summary>Inverse of a matrix.</summary>
        public static Tensor inv(Tensor input) => Dispatcher.Call(Ops.linalg_inv, input);

        /// <summary>Determinant of a matrix.</summary>
        public static Tensor det(Tensor input) => Dispatcher.Call(Ops.linalg_det, input);

        /// <summary>Cholesky factor of a positive definite matrix.</summary>
        public static Tensor cholesky(Tensor input) => Dispatcher.Call(Ops.linalg_cholesky, input);

        /// <summary>Solution of a system of linear equations.</summary>
        public static Tensor solve(Tensor A, Tensor B, bool left = true) =>
            left ? Dispatcher.Call(Ops.linalg_solve, A, B) : throw new ArgumentException("Only left systems are part of this runtime.", nameof(left));

        /// <summary>Eigenvalues and eigenvectors of a symmetric matrix.</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Dispatcher.CallTwo(Ops.linalg_eigh, input, UPLO.ToString());
    }
}
