using Pixelis.Agents;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Training;

namespace Pixelis.Cli.Training;

/// <summary>A model to be trained: loaded for it, with an adapter where one is asked for, and written as it was found.</summary>
internal sealed class TrainedModel : IDisposable
{
    private const string AdapterName = "default";

    private readonly TrainedModelChoice _choice;

    public TrainedModel(TrainedModelChoice choice)
    {
        _choice = choice;
        Model = LearningModel.Load(choice.Folder);
        Adapters = CreateAdapters(choice, Model.Model);
    }

    public QwenVisionLanguageModel Model { get; }

    public AdapterSet? Adapters { get; }

    /// <summary>Tells models apart when a run is resumed.</summary>
    public string Fingerprint => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_choice.Folder)));

    /// <summary>An agent as the model's folder says it is run.</summary>
    public PixelisAgent CreateAgent() =>
        PixelisAgent.Create().WithModel(Model).WithProfile(AgentProfile.Load(_choice.Folder) ?? new AgentProfile()).WithTools(t => t.All()).Build();

    /// <summary>Writes the adapter, or the whole folder with the weights of now.</summary>
    public void Export(string folder)
    {
        if (Adapters is not null)
        {
            Adapters.Save(AdapterName, folder);
            return;
        }

        QwenModelFolder.CopySettings(_choice.Folder, folder);
        Model.Model.SavePretrained(folder, type: _choice.ExportType);
    }

    public void Dispose()
    {
        Adapters?.Dispose();
        Model.Dispose();
    }

    private static AdapterSet? CreateAdapters(TrainedModelChoice choice, QwenModel model)
    {
        if (choice.LoraRank is null && choice.RanksFile is null)
            return null;
        int rank = choice.LoraRank ?? 8;
        var set = new AdapterSet(model);
        set.Add(AdapterName, new LoraOptions
        {
            Rank = rank,
            Alpha = choice.LoraAlpha ?? 2 * rank,
            Targets = choice.LoraTargets is { } pattern ? LoraTargets.Matching(pattern) : LoraTargets.LanguageModel,
            RankPattern = choice.RanksFile is { } file ? RankFile.Read(file) : new Dictionary<string, int>(),
            BaseModel = choice.Folder,
        }, (long)choice.Seed);
        return set;
    }
}
