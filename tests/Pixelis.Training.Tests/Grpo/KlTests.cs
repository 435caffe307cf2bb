using Pixelis.Training.Grpo;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Grpo;

public class KlTests
{
    private static readonly double LogTwo = Math.Log(2);

    [Theory]
    [InlineData(KlForm.K1, 0.6931471805599453)] // d = log 2
    [InlineData(KlForm.K2, 0.2402265069591007)] // (log 2)² / 2
    [InlineData(KlForm.K3, 0.1931471805599453)] // 1/2 + log 2 - 1
    [InlineData(KlForm.K3WithK2Gradient, 0.1931471805599453)]
    public void Values_are_those_worked_out_by_hand(KlForm form, double expected)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.Equal(expected, KlEstimate.Of(-1, -1 - LogTwo, form), 1e-15);
        Assert.Equal(expected, Of([-1], [-1 - LogTwo], form).Value[0], 1e-15);
    }

    [Theory]
    [InlineData(KlForm.K1)]
    [InlineData(KlForm.K2)]
    [InlineData(KlForm.K3)]
    [InlineData(KlForm.K3WithK2Gradient)]
    public void Gradients_are_finite_differences_of_the_form_they_belong_to(KlForm form)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        double[] policy = [-0.1, -1.7, -3, -0.4], reference = [-0.5, -1.1, -1, -0.4];
        double[] gradient = Of(policy, reference, form).Gradient;
        KlForm differentiated = form == KlForm.K3WithK2Gradient ? KlForm.K2 : form;
        const double step = 1e-6;
        for (int i = 0; i < policy.Length; i++)
        {
            double slope = (KlEstimate.Of(policy[i] + step, reference[i], differentiated) - KlEstimate.Of(policy[i] - step, reference[i], differentiated)) / (2 * step);
            Assert.Equal(slope, gradient[i], 1e-8);
        }
    }

    [Fact]
    public void K3_is_never_negative_and_stays_within_its_bounds()
    {
        for (double d = -40; d <= 40; d += 0.5)
            Assert.InRange(KlEstimate.Of(d, 0, KlForm.K3), 0, 10);
        Assert.Equal(10, KlEstimate.Of(double.NegativeInfinity, -1, KlForm.K3)); // 10, not infinity, for a token the policy finds impossible
    }

    [Fact]
    public void On_samples_of_the_policy_k1_and_k3_average_to_the_divergence_and_k2_has_its_gradient()
    {
        // Three tokens, expectations taken exactly. KL(p || q) = Σ p log(p / q); its gradient in the logits is p_v (log(p_v / q_v) - KL).
        double[] p = [0.5, 0.3, 0.2], q = [0.2, 0.3, 0.5];
        double kl = Expect((a, b) => KlEstimate.Of(a, b, KlForm.K1));
        Assert.Equal(kl, Expect((a, b) => KlEstimate.Of(a, b, KlForm.K3)), 1e-12);
        using DisposeScope scope = torch.NewDisposeScope();
        double[] slopes = Of([.. p.Select(x => Math.Log(x))], [.. q.Select(x => Math.Log(x))], KlForm.K3WithK2Gradient).Gradient;
        for (int v = 0; v < 3; v++)
        {
            // d log p_t / d x_v = [t = v] - p_v
            double gradient = Enumerable.Range(0, 3).Sum(t => p[t] * slopes[t] * ((t == v ? 1 : 0) - p[v]));
            Assert.Equal(p[v] * (Math.Log(p[v] / q[v]) - kl), gradient, 1e-12);
        }

        double Expect(Func<double, double, double> of) => Enumerable.Range(0, 3).Sum(t => p[t] * of(Math.Log(p[t]), Math.Log(q[t])));
    }

    [Fact]
    public void The_penalty_of_a_reward_is_the_sum_over_sampled_tokens()
    {
        Assert.Equal(0.1 * (0.5 - 0.25), KlEstimate.Penalty([-1f, -2f], [-1.5f, -1.75f], KlForm.K1, 0.1), 1e-12);
        Assert.Equal(0, KlEstimate.Penalty([], [], KlForm.K1, 0.1));
        Assert.Throws<ArgumentException>(() => KlEstimate.Penalty([-1f], [], KlForm.K1, 0.1));
    }

    [Fact]
    public void The_adaptive_controller_follows_verls_rule()
    {
        var controller = new AdaptiveKlController(0.5, target: 0.1, horizon: 10000);
        controller.Update(0.11, 500); // error 0.1: 0.5 (1 + 0.1 * 0.05)
        Assert.Equal(0.5025, controller.Coefficient, 1e-12);
        controller.Update(5, 500); // cut to 0.2
        Assert.Equal(0.5025 * 1.01, controller.Coefficient, 1e-12);
        controller.Update(0, 500);
        Assert.Equal(0.5025 * 1.01 * 0.99, controller.Coefficient, 1e-12);
        double before = controller.Coefficient;
        controller.Update(double.NaN, 500);
        Assert.Equal(before, controller.Coefficient);
        controller.Update(0, 100_000); // ten horizons: not below 0
        Assert.Equal(0, controller.Coefficient);
    }

    [Fact]
    public void Options_make_the_controller_and_refuse_what_cannot_work()
    {
        IKlController controller = new KlOptions { Coefficient = 0.04 }.CreateController();
        controller.Update(9, 100000);
        Assert.Equal(0.04, controller.Coefficient);
        Assert.IsType<AdaptiveKlController>(new KlOptions { Coefficient = 0.04, Target = 0.1 }.CreateController());
        Assert.Contains("set the coefficient", Refused(new KlOptions { Target = 0.1 }), StringComparison.Ordinal);
        Assert.Contains("choose K3", Refused(new KlOptions { Coefficient = 1, Placement = KlPlacement.Reward, Form = KlForm.K3WithK2Gradient }), StringComparison.Ordinal);
        Assert.Contains("Kl.Coefficient is -1", Refused(new KlOptions { Coefficient = -1 }), StringComparison.Ordinal);

        static string Refused(KlOptions options) => Assert.Throws<PixelisException>(options.Validate).Message;
    }

    private static (double[] Value, double[] Gradient) Of(double[] policy, double[] reference, KlForm form)
    {
        Tensor now = torch.tensor(policy, requires_grad: true);
        Tensor value = KlEstimate.Of(now, torch.tensor(reference), form);
        value.sum().backward();
        return (value.detach().data<double>().ToArray(), now.grad!.data<double>().ToArray());
    }
}
