using System.Text.Json;

namespace Pixelis.Training.Grpo;

/// <summary>Settings of a run as JSON, names in camel case; what is left out has its default. Comments and trailing commas are allowed.</summary>
public static class GrpoOptionsFile
{
    /// <summary>Reads and checks settings.</summary>
    /// <param name="file">The file.</param>
    /// <param name="defaults">What the file changes; null for the defaults.</param>
    /// <exception cref="PixelisException">The file is missing, is no JSON, has an unknown or wrong field, or a value out of range; the message names it.</exception>
    public static GrpoOptions Read(string file, GrpoOptions? defaults = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return OptionsJson.Read(file, TrainingJson.Default.GrpoOptions, _ => defaults ?? new GrpoOptions(), options => options.Validate());
    }

    /// <summary>Settings as JSON with every field.</summary>
    public static string ToJson(GrpoOptions options) => JsonSerializer.Serialize(options, TrainingJson.Default.GrpoOptions);
}
