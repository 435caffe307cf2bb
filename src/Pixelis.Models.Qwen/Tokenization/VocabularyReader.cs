using System.Text;
using System.Text.Json;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>Reads a vocabulary (<c>vocab.json</c>, or <c>model.vocab</c> of tokenizer.json) and merges (<c>merges.txt</c>, or <c>model.merges</c>).</summary>
internal static class VocabularyReader
{
    /// <summary>Reads an object of tokens and ids; the reader stands on its opening brace and ends on the closing one.</summary>
    public static void ReadVocabulary(string file, ref Utf8JsonReader reader, TokenizerDefinition definition)
    {
        Expect(file, reader.TokenType == JsonTokenType.StartObject, "the vocabulary is no object of tokens and ids");
        byte[] buffer = new byte[256];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            ReadOnlySpan<byte> token = Unescape(ref reader, ref buffer);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long id))
                throw new ModelFormatException(file, $"token '{Encoding.UTF8.GetString(token)}' has no whole number as its id");
            definition.AddToken(file, token, id);
        }
    }

    /// <summary>Reads an array of merges, each "left right" or ["left", "right"]; the reader stands on its opening bracket.</summary>
    public static void ReadMerges(string file, ref Utf8JsonReader reader, TokenizerDefinition definition)
    {
        Expect(file, reader.TokenType == JsonTokenType.StartArray, "the merges are no array");
        definition.ReserveMerges(file, CountElements(reader));
        byte[] leftBuffer = new byte[256];
        byte[] rightBuffer = new byte[256];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                AddMerge(file, Unescape(ref reader, ref leftBuffer), definition);
                continue;
            }
            string problem = $"merge {definition.Merges.Count} is neither \"left right\" nor [left, right]";
            Expect(file, reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.String, problem);
            ReadOnlySpan<byte> left = Unescape(ref reader, ref leftBuffer);
            Expect(file, reader.Read() && reader.TokenType == JsonTokenType.String, problem);
            ReadOnlySpan<byte> right = Unescape(ref reader, ref rightBuffer);
            Expect(file, reader.Read() && reader.TokenType == JsonTokenType.EndArray, problem);
            definition.AddMerge(file, left, right);
        }
    }

    /// <summary>Reads merges.txt: a version line, then a merge a line; LF or CRLF.</summary>
    public static void ReadMergesText(string file, TokenizerDefinition definition)
    {
        ReadOnlyMemory<byte> text = TokenizerFile.Read(file);
        definition.ReserveMerges(file, text.Span.Count((byte)'\n') + 1);
        bool isFirst = true;
        foreach (Range range in text.Span.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text.Span[range].TrimEnd((byte)'\r');
            // Only the first line: "# #" further down is a merge.
            if (!line.IsEmpty && !(isFirst && line.StartsWith("#version"u8)))
                AddMerge(file, line, definition);
            isFirst = false;
        }
    }

    private static void AddMerge(string file, ReadOnlySpan<byte> merge, TokenizerDefinition definition)
    {
        int space = merge.IndexOf((byte)' ');
        bool isPair = space > 0 && space == merge.LastIndexOf((byte)' ') && space < merge.Length - 1;
        if (!isPair)
            throw new ModelFormatException(file, $"merge {definition.Merges.Count} is '{Encoding.UTF8.GetString(merge[..Math.Min(64, merge.Length)])}'; expected two tokens with one space between");
        definition.AddMerge(file, merge[..space], merge[(space + 1)..]);
    }

    private static int CountElements(Utf8JsonReader reader)
    {
        int count = 0;
        int depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.CurrentDepth == depth + 1 && reader.TokenType is JsonTokenType.String or JsonTokenType.StartArray)
                count++;
        }
        return count;
    }

    private static ReadOnlySpan<byte> Unescape(ref Utf8JsonReader reader, ref byte[] buffer)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        if (buffer.Length < reader.ValueSpan.Length)
            buffer = new byte[reader.ValueSpan.Length];
        return buffer.AsSpan(0, reader.CopyString(buffer));
    }

    private static void Expect(string file, bool condition, string problem)
    {
        if (!condition)
            throw new ModelFormatException(file, problem);
    }
}
