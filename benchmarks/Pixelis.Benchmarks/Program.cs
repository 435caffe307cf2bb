using BenchmarkDotNet.Running;
using Pixelis.Benchmarks;
using Pixelis.Benchmarks.Agent;
using Pixelis.Benchmarks.Crashes;
using Pixelis.Benchmarks.Image;
using Pixelis.Benchmarks.Model;
using Pixelis.Benchmarks.Neighbors;
using Pixelis.Benchmarks.Rollouts;
using Pixelis.Benchmarks.Sessions;
using Pixelis.Benchmarks.Training;

// A runner by its verb, or else BenchmarkDotNet's own arguments (for example --filter "*Tokenizer*").
return args switch
{
    ["tokenizer", .. var rest] => TokenizerRunner.Run(rest),
    ["model", .. var rest] => ModelRunner.Run(rest),
    ["image", .. var rest] => ImageRunner.Run(rest),
    ["session", .. var rest] => SessionRunner.Run(rest),
    ["training", .. var rest] => TrainingRunner.Run(rest),
    ["rollouts", .. var rest] => await RolloutRunner.RunAsync(rest),
    ["neighbors", .. var rest] => await NeighborRunner.RunAsync(rest),
    ["crashes", .. var rest] => await CrashRunner.RunAsync(rest),
    ["agent", .. var rest] => await AgentRunner.RunAsync(rest),
    _ => BenchmarkSwitcher.FromAssembly(typeof(TokenizerBenchmarks).Assembly).Run(args).Any() ? 0 : 1,
};
