using Pixelis.Samples;

// dotnet run --project samples/Pixelis.Samples [STEP] [MODEL] [IMAGE]      STEP: 1, 1b, 1c, 2, 3 or all
string step = args.ElementAtOrDefault(0) ?? "all";
string image = args.ElementAtOrDefault(2) ?? "samples/images/shapes.png";
if (step is not ("1" or "1b" or "1c" or "2" or "3" or "all"))
{
    Console.Error.WriteLine($"There is no step '{step}'; choose 1, 1b, 1c, 2, 3 or all.");
    return 2;
}
string folder = Directory.CreateTempSubdirectory("pixelis-sample-").FullName;
try
{
    string model = args.ElementAtOrDefault(1) ?? RandomModelFolder.Make(Path.Combine(folder, "model"));
    if (step is "1" or "all")
        await Step01_AskAboutAnImage.RunAsync(model, image);
    if (step is "1b" or "all")
        await Step01b_SeveralQuestions.RunAsync(model, image);
    if (step is "1c" or "all")
        await Step01c_HostAnAgent.RunAsync(model, image);
    if (step is "2" or "all")
        await Step02_WriteATool.RunAsync(model, image);
    if (step is "3" or "all")
        await Step03_ReadATrajectory.RunAsync(model, image, folder);
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
