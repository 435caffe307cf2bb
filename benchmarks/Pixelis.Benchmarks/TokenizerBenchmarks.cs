using BenchmarkDotNet.Attributes;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Tokenization;

namespace Pixelis.Benchmarks;

/// <summary>Encoding and decoding of a page of English.</summary>
[MemoryDiagnoser]
public class TokenizerBenchmarks
{
    private readonly List<int> _output = [];
    private QwenTokenizer _tokenizer = null!;
    private string _page = "";
    private int[] _ids = [];

    [GlobalSetup]
    public void Load()
    {
        _tokenizer = TokenizerCorpus.Load(TokenizerCorpus.DefaultFolder());
        _page = TokenizerCorpus.English()[..4096];
        _ids = _tokenizer.Encode(_page);
    }

    [Benchmark]
    public int Encode()
    {
        _output.Clear();
        _tokenizer.Encode(_page, SpecialTokenParsing.PlainText, _output);
        return _output.Count;
    }

    [Benchmark]
    public string Decode() => _tokenizer.Decode(_ids);
}
