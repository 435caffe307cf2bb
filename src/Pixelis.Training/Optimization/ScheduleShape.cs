namespace Pixelis.Training;

/// <summary>Course of the learning rate after the warm-up.</summary>
public enum ScheduleShape
{
    /// <summary>Half a cosine from the highest rate to the final one (Loshchilov and Hutter, 2017).</summary>
    Cosine,

    /// <summary>A straight line from the highest rate to the final one.</summary>
    Linear,

    /// <summary>The highest rate throughout.</summary>
    Constant,
}
