using System.Text.Json;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>The files of a checkpoint: trained parameters, optimizer state, random state, average, state, settings.</summary>
internal sealed class RunCheckpoint(TrainedParameters parameters, TrainedOptimizer optimizer, WeightAverage? average)
{
    private const string ParametersFile = "parameters.safetensors";
    private const string OptimizerFile = "optimizer.safetensors";
    private const string AverageFile = "average.safetensors";
    private const string StateFile = "state.json";
    private const string ConfigurationFile = "configuration.json";
    private const string RandomState = "random.cpu";

    private readonly List<ICheckpointPart> _parts = [];

    /// <summary>Adds something that is written and read with the rest.</summary>
    public void Add(ICheckpointPart part) => _parts.Add(part);

    public void Write(string folder, TrainingState state, Dictionary<string, string> configuration)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        SafetensorsWriter.WriteFile(Path.Combine(folder, ParametersFile), parameters.All.ToDictionary(p => p.Name, p => p.Parameter.detach()));
        Dictionary<string, Tensor> optimizerState = optimizer.ToTensors();
        optimizerState.Add(RandomState, torch.get_rng_state());
        SafetensorsWriter.WriteFile(Path.Combine(folder, OptimizerFile), optimizerState);
        if (average is not null)
            SafetensorsWriter.WriteFile(Path.Combine(folder, AverageFile), average.ToTensors().ToDictionary(t => t.Name, t => t.Value));
        foreach (ICheckpointPart part in _parts)
            part.Write(folder);
        File.WriteAllBytes(Path.Combine(folder, StateFile), JsonSerializer.SerializeToUtf8Bytes(state, TrainingJson.Default.TrainingState));
        File.WriteAllBytes(Path.Combine(folder, ConfigurationFile), JsonSerializer.SerializeToUtf8Bytes(configuration, TrainingJson.Default.DictionaryStringString));
    }

    /// <summary>Puts a checkpoint back, or, when it belongs to another configuration, refuses before anything is changed.</summary>
    /// <exception cref="CheckpointException">Another configuration, with the differences; or files that cannot be read.</exception>
    public TrainingState Read(string folder, IReadOnlyDictionary<string, string> configuration)
    {
        try
        {
            Dictionary<string, string> before = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, ConfigurationFile)), TrainingJson.Default.DictionaryStringString)!;
            IReadOnlyList<string> differences = RunConfiguration.Differences(before, configuration);
            if (differences.Count > 0)
            {
                throw new CheckpointException(
                    $"{folder} belongs to a run with other settings, so it cannot go on exactly; begin anew in another folder, or set them back:\n  {string.Join("\n  ", differences)}");
            }

            TrainingState state = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, StateFile)), TrainingJson.Default.TrainingState)!;
            ReadParameters(Path.Combine(folder, ParametersFile));
            using (SafetensorsReader reader = SafetensorsReader.Open(Path.Combine(folder, OptimizerFile)))
            {
                optimizer.Load(reader);
                using Tensor random = reader.Read(RandomState);
                torch.set_rng_state(random);
            }

            if (average is not null)
            {
                using SafetensorsReader reader = SafetensorsReader.Open(Path.Combine(folder, AverageFile));
                average.Load(reader.Read);
            }

            foreach (ICheckpointPart part in _parts)
                part.Read(folder);
            return state;
        }
        catch (Exception e) when (e is JsonException or IOException or SafetensorsException or KeyNotFoundException)
        {
            throw new CheckpointException($"{folder} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Loads only the trained parameters of a checkpoint.</summary>
    public void ReadParameters(string file)
    {
        using IDisposable noGrad = torch.no_grad();
        using SafetensorsReader reader = SafetensorsReader.Open(file);
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in parameters.All)
        {
            if (!reader.Entries.ContainsKey(name))
                throw new CheckpointException($"{file} lacks the parameter {name}.");
            using Tensor value = reader.Read(name);
            parameter.copy_(value);
        }
    }

    public static string ParametersOf(string folder) => Path.Combine(folder, ParametersFile);
}
