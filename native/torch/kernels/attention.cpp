// pixelis::attention: softmax(scale q k^T) v with grouped heads, causal or not, left padding, and a prefix that all rows share.
// q [B, H, T, d], k and v [B, Hkv, S, d], result [B, T, H * d].
// Blocked with a running softmax (Milakov & Gimelshein 2018; Dao et al. 2022); f32 inside whatever the type.
#include "ops.h"

#include <cmath>
#include <vector>

namespace pixelis {

struct Call {
  Tensor q, k, v, starts, prefix_k, prefix_v;
  bool causal;
  double scale;
};

static Tensor composed(const Call& c) {
  Tensor k = c.k, v = c.v;
  const int64_t batch = c.q.size(0), heads = c.q.size(1), group = heads / k.size(1), queries = c.q.size(2), d = c.q.size(3);
  if (c.prefix_k.defined()) {
    k = at::cat({c.prefix_k.expand({batch, -1, -1, -1}), k}, 2);
    v = at::cat({c.prefix_v.expand({batch, -1, -1, -1}), v}, 2);
  }
  const int64_t keys = k.size(2), kv_heads = k.size(1);
  const auto repeat = [&](const Tensor& t) { return t.unsqueeze(2).expand({batch, kv_heads, group, keys, d}).reshape({batch, heads, keys, d}); };
  Tensor scores = at::matmul(c.q, repeat(k).transpose(2, 3)).to(at::kFloat) * c.scale;
  const Tensor at_key = at::arange(keys, c.q.options().dtype(at::kLong));
  if (c.causal) {
    const Tensor at_query = at::arange(keys - queries, keys, c.q.options().dtype(at::kLong)).unsqueeze(1);
    scores = scores.masked_fill(at_key.unsqueeze(0) > at_query, -INFINITY);
  }
  if (c.starts.defined()) scores = scores.masked_fill(at_key.view({1, 1, 1, keys}) < c.starts.view({batch, 1, 1, 1}), -INFINITY);
  Tensor p = at::softmax(scores, -1);
  if (c.starts.defined()) p = at::nan_to_num(p, 0.0);  // a row without keys gives zeros
  return at::matmul(p.to(v.scalar_type()), repeat(v)).to(c.q.scalar_type());
}

static void describe(AttentionArgs& a, const Call& c) {
  a.q = c.q.data_ptr(); a.qb = c.q.stride(0); a.qh = c.q.stride(1); a.qt = c.q.stride(2);
  a.k = c.k.data_ptr(); a.kb = c.k.stride(0); a.kh = c.k.stride(1); a.kt = c.k.stride(2);
  a.v = c.v.data_ptr(); a.vb = c.v.stride(0); a.vh = c.v.stride(1); a.vt = c.v.stride(2);
  if (c.prefix_k.defined()) {
    a.prefix_k = c.prefix_k.data_ptr(); a.pkh = c.prefix_k.stride(1); a.pkt = c.prefix_k.stride(2);
    a.prefix_v = c.prefix_v.data_ptr(); a.pvh = c.prefix_v.stride(1); a.pvt = c.prefix_v.stride(2);
    a.prefix_length = c.prefix_k.size(2);
  }
  a.batch = c.q.size(0); a.heads = c.q.size(1); a.kv_heads = c.k.size(1); a.queries = c.q.size(2); a.keys = c.k.size(2);
  a.head_size = c.q.size(3);
  a.scale = static_cast<float>(c.scale);
  a.causal = c.causal;
  a.starts = c.starts.defined() ? c.starts.data_ptr<int64_t>() : nullptr;
}

static Tensor forward(const Call& c, float* lse) {
  Tensor out = at::empty({c.q.size(0), c.q.size(2), c.q.size(1), c.q.size(3)}, c.q.options()).transpose(1, 2);
  AttentionArgs a{};
  describe(a, c);
  a.out = out.data_ptr(); a.ob = out.stride(0); a.oh = out.stride(1); a.ot = out.stride(2);
  a.lse = lse;
  const auto kernel = kernels().attention[code(c.q)];
  at::parallel_for(0, attention_tasks(a), 1, [&](int64_t from, int64_t to) {
    for (int64_t i = from; i < to; i++) kernel(a, i);
  });
  return out;
}

static Tensor heads_last(const Tensor& x) { return at::empty({x.size(0), x.size(2), x.size(1), x.size(3)}, x.options()).transpose(1, 2); }

struct Attention : torch::autograd::Function<Attention> {
  static Tensor forward(torch::autograd::AutogradContext* ctx, const Tensor& q, const Tensor& k, const Tensor& v, const OptTensor& starts,
                        bool causal, double scale) {
    at::NoGradGuard guard;
    Tensor lse = at::empty({q.size(0), q.size(1), q.size(2)}, q.options().dtype(at::kFloat));
    Tensor out = pixelis::forward({q, k, v, starts.value_or(Tensor()), {}, {}, causal, scale}, lse.data_ptr<float>());
    ctx->save_for_backward({q, k, v, starts.value_or(Tensor()), out, lse});
    ctx->saved_data["causal"] = causal;
    ctx->saved_data["scale"] = scale;
    return out;
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::variable_list grads) {
    const auto s = ctx->get_saved_variables();
    const Call c{s[0], s[1], s[2], s[3], {}, {}, ctx->saved_data["causal"].toBool(), ctx->saved_data["scale"].toDouble()};
    Tensor go = grads[0].to(c.q.scalar_type());
    if (go.stride(3) != 1) go = go.contiguous();
    const Tensor &out = s[4], &lse = s[5], gq = heads_last(c.q), gk = heads_last(c.k), gv = heads_last(c.v);
    AttentionArgs a{};
    describe(a, c);
    a.out = out.data_ptr(); a.ob = out.stride(0); a.oh = out.stride(1); a.ot = out.stride(2);
    a.lse = lse.data_ptr<float>();
    a.grad_out = go.data_ptr(); a.gb = go.stride(0); a.gh = go.stride(1); a.gt = go.stride(2);
    a.grad_q = gq.data_ptr(); a.gqb = gq.stride(0); a.gqh = gq.stride(1); a.gqt = gq.stride(2);
    a.grad_k = gk.data_ptr(); a.gkb = gk.stride(0); a.gkh = gk.stride(1); a.gkt = gk.stride(2);
    a.grad_v = gv.data_ptr(); a.gvb = gv.stride(0); a.gvh = gv.stride(1); a.gvt = gv.stride(2);
    const auto kernel = kernels().attention_backward[code(c.q)];
    at::parallel_for(0, a.batch * a.kv_heads, 1, [&](int64_t from, int64_t to) {
      for (int64_t i = from; i < to; i++) kernel(a, i / a.kv_heads, i % a.kv_heads);
    });
    return {gq, gk, gv, Tensor(), Tensor(), Tensor()};
  }
};

static Tensor rows(const Tensor& out) { return out.transpose(1, 2).reshape({out.size(0), out.size(2), out.size(1) * out.size(3)}); }

Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v, bool causal, c10::optional<double> scale, const OptTensor& starts,
                 const OptTensor& prefix_k, const OptTensor& prefix_v) {
  TORCH_CHECK(q.dim() == 4 && k.dim() == 4 && v.dim() == 4, "pixelis::attention: q, k and v must be [batch, heads, length, head_size]");
  TORCH_CHECK(k.size(1) > 0 && q.size(1) % k.size(1) == 0, "pixelis::attention: ", q.size(1), " query heads do not share ", k.size(1), " key heads evenly");
  TORCH_CHECK(k.sizes() == v.sizes() && k.size(0) == q.size(0) && k.size(3) == q.size(3), "pixelis::attention: q ", q.sizes(), ", k ", k.sizes(), " and v ", v.sizes(), " do not fit");
  TORCH_CHECK(prefix_k.has_value() == prefix_v.has_value(), "pixelis::attention: a prefix needs both keys and values");
  TORCH_CHECK(!(prefix_k.has_value() && starts.has_value()), "pixelis::attention: left padding and a shared prefix exclude each other");
  const int64_t prefix = prefix_k.has_value() ? prefix_k->size(2) : 0;
  TORCH_CHECK(!prefix_k.has_value() || (prefix_k->dim() == 4 && prefix_k->size(0) == 1 && prefix_k->size(1) == k.size(1) && prefix_k->size(3) == k.size(3) && prefix_k->sizes() == prefix_v->sizes()),
              "pixelis::attention: the prefix must be [1, ", k.size(1), ", length, ", k.size(3), "]");
  TORCH_CHECK(!causal || prefix + k.size(2) >= q.size(2), "pixelis::attention: causal attention needs at least as many keys as queries");
  const bool grad = needs_grad(q) || needs_grad(k) || needs_grad(v) || needs_grad(prefix_k) || needs_grad(prefix_v);
  const at::ScalarType type = autocast_bf16(q) ? at::kBFloat16 : q.scalar_type();
  const auto ready = [&](const Tensor& t) {
    Tensor r = t.to(type);
    return r.stride(3) == 1 || r.size(3) == 1 ? r : r.contiguous();
  };
  Call c{ready(q), ready(k), ready(v), {}, {}, {}, causal, scale.value_or(1.0 / std::sqrt(static_cast<double>(q.size(3))))};
  if (starts.has_value()) {
    TORCH_CHECK(starts->dim() == 1 && starts->size(0) == q.size(0), "pixelis::attention: starts must be [batch]");
    c.starts = starts->to(q.device(), at::kLong).contiguous();
  }
  if (prefix > 0) { c.prefix_k = ready(*prefix_k); c.prefix_v = ready(*prefix_v); }
  const bool same = c.k.scalar_type() == c.q.scalar_type() && c.v.scalar_type() == c.q.scalar_type();
  if (!fused(c.q) || !fused(c.k) || !same || c.q.numel() == 0 || (grad && prefix > 0)) return rows(composed(c));
  if (grad) return rows(Attention::apply(c.q, c.k, c.v, c.starts.defined() ? OptTensor(c.starts) : OptTensor(), causal, c.scale));
  return rows(forward(c, nullptr));
}

// Rows [from, to) of a step, which share a prefix or have none.
struct RowRun {
  AttentionArgs args;
  int64_t first_task;
};

static bool same_prefix(const Tensor& a, const Tensor& b) { return a.data_ptr() == b.data_ptr() && a.sizes() == b.sizes() && a.strides() == b.strides(); }

static Tensor attend_row_by_row(const Tensor& q, at::TensorList keys, at::TensorList values, at::TensorList prefix_keys,
                                at::TensorList prefix_values, at::IntArrayRef lengths, double scale) {
  std::vector<Tensor> parts;
  for (size_t i = 0; i < keys.size(); i++) {
    const bool prefix = prefix_keys[i].size(2) > 0;
    parts.push_back(attention(q.narrow(0, i, 1), keys[i].narrow(2, 0, lengths[i] + 1), values[i].narrow(2, 0, lengths[i] + 1), true, scale, c10::nullopt,
                              prefix ? OptTensor(prefix_keys[i]) : OptTensor(), prefix ? OptTensor(prefix_values[i]) : OptTensor()));
  }
  return at::cat(parts, 0);
}

Tensor attend_rows(const Tensor& q, const Tensor& k, const Tensor& v, at::TensorList keys, at::TensorList values, at::TensorList prefix_keys,
                   at::TensorList prefix_values, at::IntArrayRef lengths, double scale) {
  const size_t batch = keys.size();
  TORCH_CHECK(batch > 0 && values.size() == batch && prefix_keys.size() == batch && prefix_values.size() == batch && lengths.size() == batch,
              "pixelis::attend_rows: keys, values, prefixes and lengths must have one entry a row");
  TORCH_CHECK(q.dim() == 4 && q.size(0) == static_cast<int64_t>(batch) && q.size(2) == 1, "pixelis::attend_rows: q must be [", batch, ", heads, 1, head_size]");
  TORCH_CHECK(k.dim() == 4 && k.sizes() == v.sizes() && k.size(0) == q.size(0) && k.size(1) > 0 && q.size(1) % k.size(1) == 0 && k.size(2) == 1 && k.size(3) == q.size(3),
              "pixelis::attend_rows: q ", q.sizes(), ", k ", k.sizes(), " and v ", v.sizes(), " do not fit");
  at::NoGradGuard guard;
  bool plain = fused(q) && q.stride(3) == 1;
  for (size_t i = 0; i < batch; i++) {
    TORCH_CHECK(keys[i].dim() == 4 && keys[i].size(0) == 1 && keys[i].size(1) == k.size(1) && keys[i].size(3) == k.size(3) && keys[i].sizes() == values[i].sizes() &&
                    lengths[i] >= 0 && lengths[i] < keys[i].size(2),
                "pixelis::attend_rows: row ", i, " has no column ", lengths[i], " in keys ", keys[i].sizes(), " and values ", values[i].sizes());
    TORCH_CHECK(prefix_keys[i].dim() == 4 && prefix_keys[i].sizes() == prefix_values[i].sizes() &&
                    (prefix_keys[i].size(2) == 0 || (prefix_keys[i].size(0) == 1 && prefix_keys[i].size(1) == k.size(1) && prefix_keys[i].size(3) == k.size(3))),
                "pixelis::attend_rows: the prefix of row ", i, " must be [1, ", k.size(1), ", length, ", k.size(3), "], not ", prefix_keys[i].sizes());
    keys[i].select(2, lengths[i]).copy_(k.select(2, 0).narrow(0, i, 1));
    values[i].select(2, lengths[i]).copy_(v.select(2, 0).narrow(0, i, 1));
    plain = plain && fused(keys[i]) && keys[i].scalar_type() == q.scalar_type() && values[i].scalar_type() == q.scalar_type() && keys[i].stride(3) == 1 &&
            values[i].stride(3) == 1 && keys[i].stride(2) == keys[0].stride(2) && values[i].stride(2) == values[0].stride(2) && fused(prefix_keys[i]) && fused(prefix_values[i]) && prefix_keys[i].scalar_type() == q.scalar_type() &&
            prefix_values[i].scalar_type() == q.scalar_type() && prefix_keys[i].stride(3) == 1 && prefix_values[i].stride(3) == 1;
  }
  if (!plain) return attend_row_by_row(q, keys, values, prefix_keys, prefix_values, lengths, scale);

  std::vector<OwnKeys> own(batch);
  for (size_t i = 0; i < batch; i++)
    own[i] = {keys[i].data_ptr(), values[i].data_ptr(), keys[i].stride(1), values[i].stride(1), lengths[i] + 1};
  Tensor out = at::empty({q.size(0), 1, q.size(1), q.size(3)}, q.options()).transpose(1, 2);
  std::vector<RowRun> runs;
  int64_t tasks = 0;
  for (size_t from = 0, to = 0; from < batch; from = to) {
    for (to = from + 1; to < batch && same_prefix(prefix_keys[from], prefix_keys[to]); to++) {}
    Call c{q.narrow(0, from, to - from), keys[from], values[from], {}, {}, {}, true, scale};
    if (prefix_keys[from].size(2) > 0) { c.prefix_k = prefix_keys[from]; c.prefix_v = prefix_values[from]; }
    RowRun run{};
    describe(run.args, c);
    run.args.own = own.data() + from;
    run.args.out = out.narrow(0, from, to - from).data_ptr();
    run.args.ob = out.stride(0); run.args.oh = out.stride(1); run.args.ot = out.stride(2);
    run.first_task = tasks;
    tasks += attention_tasks(run.args);
    runs.push_back(run);
  }
  const auto kernel = kernels().attention[code(q)];
  at::parallel_for(0, tasks, 1, [&](int64_t begin, int64_t end) {
    size_t r = 0;
    for (int64_t i = begin; i < end; i++) {
      while (r + 1 < runs.size() && runs[r + 1].first_task <= i) r++;
      kernel(runs[r].args, i - runs[r].first_task);
    }
  });
  return rows(out);
}

Tensor padding_starts(const Tensor& bias) {
  TORCH_CHECK(bias.dim() == 4 && bias.size(1) == 1 && bias.size(2) == 1, "pixelis::padding_starts: the bias must be [B, 1, 1, S]");
  const Tensor host = bias.to(at::kCPU, at::kFloat).contiguous();
  const int64_t batch = host.size(0), columns = host.size(3);
  Tensor starts = at::empty({batch}, at::TensorOptions().dtype(at::kLong));
  for (int64_t b = 0; b < batch; b++) {
    const float* row = host.data_ptr<float>() + b * columns;
    int64_t first = 0, last = columns - 1;
    while (first < columns && row[first] != 0) first++;
    while (last > first && row[last] != 0) last--;
    for (int64_t c = first; c < last; c++)
      if (row[c] != 0) { first = -1; break; }
    starts.data_ptr<int64_t>()[b] = first;
  }
  return starts;
}

}  // namespace pixelis
