using Pixelis.Cli.CommandLine;

return await PixelisCommandLine.RunAsync(args, Console.Out, Console.Error);

/// <summary>The tool has verbs, not an API: said here, or ASP.NET Core's generator would make the class public.</summary>
internal sealed partial class Program;
