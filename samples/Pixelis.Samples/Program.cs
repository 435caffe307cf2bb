using Pixelis.Samples;

// dotnet run --project samples/Pixelis.Samples [MODEL] [IMAGE]
string image = args.ElementAtOrDefault(1) ?? "samples/images/shapes.png";
string? model = args.ElementAtOrDefault(0);
string made = Path.Combine(Path.GetTempPath(), $"pixelis-sample-{Environment.ProcessId}");
try
{
    model ??= Step02_MakeARandomModel.Run(made);
    await Step01_AskAboutAnImage.RunAsync(model, image);
    await Step03_SeveralQuestions.RunAsync(model, image);
    await Step04_HostAnAgent.RunAsync(model, image);
}
finally
{
    if (Directory.Exists(made))
        Directory.Delete(made, recursive: true);
}
