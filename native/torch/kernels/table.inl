// Expects: the target pragma, PX_NAMESPACE, PX_TABLE, PX_NAME, the tile sizes PX_MR x PX_NR (dot products; 1 x PX_NR1 for one row) and
// PX_OR x PX_OV (outer products), and optionally PX_AVX512, PX_BF16.
#pragma GCC diagnostic ignored "-Wpsabi"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // of GCC 12's own intrinsics
#pragma GCC diagnostic ignored "-Wuninitialized"
namespace pixelis {
namespace PX_NAMESPACE {
#include "simd.inl"
#include "linear.inl"
#include "rows.inl"
#include "attention.inl"
}  // namespace PX_NAMESPACE

extern const KernelTable PX_TABLE = {
    PX_NAME,
    {PX_NAMESPACE::linear<float>, PX_NAMESPACE::linear<PX_NAMESPACE::bf16>},
    PX_NAMESPACE::rms_norm,
    PX_NAMESPACE::rms_norm_backward,
    {PX_NAMESPACE::swiglu<float>, PX_NAMESPACE::swiglu<PX_NAMESPACE::bf16>},
    {PX_NAMESPACE::swiglu_backward<float>, PX_NAMESPACE::swiglu_backward<PX_NAMESPACE::bf16>},
    {PX_NAMESPACE::rope<float>, PX_NAMESPACE::rope<PX_NAMESPACE::bf16>},
    {PX_NAMESPACE::log_sum_exp<float>, PX_NAMESPACE::log_sum_exp<PX_NAMESPACE::bf16>},
    {PX_NAMESPACE::log_prob_backward<float>, PX_NAMESPACE::log_prob_backward<PX_NAMESPACE::bf16>},
    {PX_NAMESPACE::attention<float>, PX_NAMESPACE::attention<PX_NAMESPACE::bf16>},
    {PX_NAMESPACE::attention_backward<float>, PX_NAMESPACE::attention_backward<PX_NAMESPACE::bf16>},
    PX_NAMESPACE::adamw,
};
}  // namespace pixelis
