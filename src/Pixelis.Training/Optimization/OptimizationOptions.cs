using System.Text.RegularExpressions;

namespace Pixelis.Training;

/// <summary>AdamW (Loshchilov and Hutter, 2019) and what goes with it.</summary>
public sealed record OptimizationOptions
{
    /// <summary>Highest learning rate. Default 1e-4.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Course of the learning rate after the warm-up. Default cosine.</summary>
    public ScheduleShape Schedule { get; init; } = ScheduleShape.Cosine;

    /// <summary>Share of all steps over which the rate rises from 0, 0 to 1. Default 0.05.</summary>
    public double WarmUp { get; init; } = 0.05;

    /// <summary>Rate of the last step as a share of the highest, 0 to 1. Default 0.1.</summary>
    public double FinalShare { get; init; } = 0.1;

    /// <summary>Weight decay of matrices; vectors (biases, norms) have none. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Parameters without weight decay, a regular expression that may match anywhere in the name; null (default): vectors only.</summary>
    public string? NoWeightDecay { get; init; }

    /// <summary>Decay of the running mean. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the running mean square. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean square. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Largest norm of all gradients together; larger ones are scaled down. Default 1; 0 for no limit.</summary>
    public double MaxGradientNorm { get; init; } = 1;

    /// <summary>Parameters that stay as they are, a regular expression that may match anywhere in the name, for example <c>^visual\.</c>; null (default) for none.</summary>
    public string? Frozen { get; init; }

    /// <summary>Factors of the learning rate by regular expression; the first that matches anywhere in the name counts. Default none.</summary>
    public IReadOnlyDictionary<string, double> LearningRateFactors { get; init; } = new Dictionary<string, double>();

    /// <summary>Decay of an exponential moving average of the trained parameters, which is then what is measured and exported; 0 (default) for none.</summary>
    public double AverageDecay { get; init; }

    internal void Validate()
    {
        OptionCheck.Positive(LearningRate, nameof(LearningRate));
        OptionCheck.Within(WarmUp, 0, 1, nameof(WarmUp));
        OptionCheck.Within(FinalShare, 0, 1, nameof(FinalShare));
        OptionCheck.AtLeast(WeightDecay, 0, nameof(WeightDecay));
        OptionCheck.Within(Beta1, 0, 0.999999, nameof(Beta1));
        OptionCheck.Within(Beta2, 0, 0.999999, nameof(Beta2));
        OptionCheck.Positive(Epsilon, nameof(Epsilon));
        OptionCheck.AtLeast(MaxGradientNorm, 0, nameof(MaxGradientNorm));
        OptionCheck.Within(AverageDecay, 0, 0.999999, nameof(AverageDecay));
        foreach ((string pattern, double factor) in LearningRateFactors)
        {
            _ = Pattern(pattern, nameof(LearningRateFactors));
            OptionCheck.AtLeast(factor, 0, $"{nameof(LearningRateFactors)} '{pattern}'");
        }

        _ = Pattern(Frozen, nameof(Frozen));
        _ = Pattern(NoWeightDecay, nameof(NoWeightDecay));
    }

    internal static Regex? Pattern(string? pattern, string name)
    {
        try
        {
            return pattern is null ? null : new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException e)
        {
            throw new PixelisException($"{name} is '{pattern}', which is not a regular expression: {e.Message}", e);
        }
    }
}
