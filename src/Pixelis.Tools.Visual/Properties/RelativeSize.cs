namespace Pixelis.Tools.Visual;

/// <summary>Size of a region by its share of the image.</summary>
public enum RelativeSize
{
    /// <summary>Below 1%.</summary>
    Tiny,

    /// <summary>1% to below 5%.</summary>
    Small,

    /// <summary>5% to below 20%.</summary>
    Medium,

    /// <summary>20% to below 50%.</summary>
    Large,

    /// <summary>Half of the image or more.</summary>
    VeryLarge,
}
