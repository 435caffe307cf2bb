namespace Pixelis.LibTorch.Native;

internal static partial class Ops
{
    internal static readonly Operator topk = new("aten::topk");
    internal static readonly Operator trace = new("aten::trace");
    internal static readonly Operator transpose_ = new("aten::transpose_");
    internal static readonly Operator transpose__int = new("aten::transpose.int");
    internal static readonly Operator tril = new("aten::tril");
    internal static readonly Operator tril_ = new("aten::tril_");
    internal static readonly Operator tril_indices = new("aten::tril_indices");
    internal static readonly Operator triu = new("aten::triu");
    internal static readonly Operator triu_ = new("aten::triu_");
    internal static readonly Operator triu_indices = new("aten::triu_indices");
    internal static readonly Operator true_divide__Scalar = new("aten::true_divide.Scalar");
    internal static readonly Operator true_divide__Tensor = new("aten::true_divide.Tensor");
    internal static readonly Operator trunc = new("aten::trunc");
    internal static readonly Operator trunc_ = new("aten::trunc_");
    internal static readonly Operator unbind__int = new("aten::unbind.int");
    internal static readonly Operator unfold = new("aten::unfold");
    internal static readonly Operator uniform_ = new("aten::uniform_");
    internal static readonly Operator unique_consecutive = new("aten::unique_consecutive");
    internal static readonly Operator unique_dim = new("aten::unique_dim");
    internal static readonly Operator unsqueeze = new("aten::unsqueeze");
    internal static readonly Operator unsqueeze_ = new("aten::unsqueeze_");
    internal static readonly Operator upsample_bicubic2d__vec = new("aten::upsample_bicubic2d.vec");
    internal static readonly Operator upsample_bilinear2d__vec = new("aten::upsample_bilinear2d.vec");
    internal static readonly Operator upsample_linear1d__vec = new("aten::upsample_linear1d.vec");
    internal static readonly Operator upsample_nearest1d__vec = new("aten::upsample_nearest1d.vec");
    internal static readonly Operator upsample_nearest2d__vec = new("aten::upsample_nearest2d.vec");
    internal static readonly Operator upsample_nearest3d__vec = new("aten::upsample_nearest3d.vec");
    internal static readonly Operator upsample_trilinear3d__vec = new("aten::upsample_trilinear3d.vec");
    internal static readonly Operator var = new("aten::var");
    internal static readonly Operator var__dim = new("aten::var.dim");
    internal static readonly Operator vdot = new("aten::vdot");
    internal static readonly Operator view = new("aten::view");
    internal static readonly Operator view_as = new("aten::view_as");
    internal static readonly Operator vstack = new("aten::vstack");
    internal static readonly Operator where = new("aten::where");
    internal static readonly Operator where__self = new("aten::where.self");
    internal static readonly Operator xlogy__Tensor = new("aten::xlogy.Tensor");
    internal static readonly Operator zero_ = new("aten::zero_");
    internal static readonly Operator zeros = new("aten::zeros");
    internal static readonly Operator zeros_like = new("aten::zeros_like");
}
