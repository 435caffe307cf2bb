using Pixelis.Cli.CommandLine;

return await PixelisCommandLine.RunAsync(args, Console.Out, Console.Error);
