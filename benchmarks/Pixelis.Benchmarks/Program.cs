using BenchmarkDotNet.Running;
using Pixelis.Benchmarks;

// A runner by its verb, or else BenchmarkDotNet's own arguments (for example --filter "*Tokenizer*").
return args switch
{
    ["tokenizer", .. var rest] => TokenizerRunner.Run(rest),
    _ => BenchmarkSwitcher.FromAssembly(typeof(TokenizerBenchmarks).Assembly).Run(args).Any() ? 0 : 1,
};
