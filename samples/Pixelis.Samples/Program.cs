using Pixelis.Samples;

// dotnet run --project samples/Pixelis.Samples [STEP] [MODEL] [IMAGE]      STEP: 1, 2, 3, 4, 5, questions, host or all
string step = args.ElementAtOrDefault(0) ?? "all";
string image = args.ElementAtOrDefault(2) ?? "samples/images/scene.png";
if (step is not ("1" or "2" or "3" or "4" or "5" or "questions" or "host" or "all"))
{
    Console.Error.WriteLine($"There is no step '{step}'; choose 1, 2, 3, 4, 5, questions, host or all.");
    return 2;
}
string folder = Directory.CreateTempSubdirectory("pixelis-sample-").FullName;
try
{
    string model = args.ElementAtOrDefault(1) ?? "models/pixelis-tiny";
    if (step is "1" or "all")
        await Step01_AskAboutAnImage.RunAsync(model, image);
    if (step is "2" or "all")
        await Step02_WriteATool.RunAsync(model, image);
    if (step is "3" or "all")
        await Step03_ReadATrajectory.RunAsync(model, image, folder);
    if (step is "4" or "all")
        await Step04_SupervisedFineTuning.RunAsync(model);
    if (step is "5" or "all")
        await Step05_ReinforcementFineTuning.RunAsync(model);
    if (step is "questions" or "all")
        await SeveralQuestions.RunAsync(model, image);
    if (step is "host" or "all")
        await HostAnAgent.RunAsync(model, image);
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
