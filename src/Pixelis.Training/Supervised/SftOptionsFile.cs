using System.Text.Json;

namespace Pixelis.Training;

/// <summary>Settings of a run as JSON, names in camel case; what is left out has its default. Comments and trailing commas are allowed.</summary>
public static class SftOptionsFile
{
    /// <summary>Reads and checks settings.</summary>
    /// <exception cref="PixelisException">The file is missing, is no JSON, has an unknown or wrong field, or a value out of range; the message names it.</exception>
    public static SftOptions Read(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return OptionsJson.Read(
            file, TrainingJson.Default.SftOptions,
            given => new SftOptions { Curriculum = given["curriculum"] is null ? null : new CurriculumOptions() }, options => options.Validate());
    }

    /// <summary>Settings as JSON with every field.</summary>
    public static string ToJson(SftOptions options) => JsonSerializer.Serialize(options, TrainingJson.Default.SftOptions);
}
