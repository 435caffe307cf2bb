using System.Runtime.InteropServices;
using Pixelis.Tiny;
using Pixelis.Training;

TinySettings settings = TinySettings.Read(args);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});

TrainingResult result = await TinyRun.RunAsync(settings, stop.Token);
if (result.End == TrainingEnd.Completed && settings.Begin is null)
{
    settings = settings.Finishing();
    result = await TinyRun.RunAsync(settings, stop.Token);
}
Console.WriteLine($"{settings.RunFolder}: {result.End} after {result.Step} steps; best at step {result.BestStep}: {result.Best?.Agent?.Accuracy:P1} of {result.Best?.Agent?.Count} validation scenes");
return result.End == TrainingEnd.Completed ? 0 : 1;
