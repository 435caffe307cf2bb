using System.Text.Json;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>Finds a folder's tokenizer files and reads them.</summary>
internal static class TokenizerFolder
{
    /// <summary>Reads a folder's tokenizer.</summary>
    public static TokenizerDefinition Read(string folder)
    {
        string whole = Path.Combine(folder, "tokenizer.json");
        string vocabulary = Path.Combine(folder, "vocab.json");
        string merges = Path.Combine(folder, "merges.txt");
        var definition = new TokenizerDefinition(File.Exists(whole) ? whole : folder);
        if (File.Exists(whole))
        {
            TokenizerJsonReader.Read(whole, definition);
        }
        else if (File.Exists(vocabulary) && File.Exists(merges))
        {
            TokenizerFile.Parse(vocabulary, TokenizerFile.Read(vocabulary),
                (ref reader) => VocabularyReader.ReadVocabulary(vocabulary, ref reader, definition));
            VocabularyReader.ReadMergesText(merges, definition);
        }
        else
        {
            throw new ModelFormatException(folder, "no tokenizer; expected tokenizer.json, or vocab.json and merges.txt");
        }
        ReadWhereItExists(Path.Combine(folder, "tokenizer_config.json"), (file, json) => AddedTokenReader.ReadConfig(file, json, definition));
        ReadWhereItExists(Path.Combine(folder, "added_tokens.json"), (file, json) => AddedTokenReader.ReadMap(file, json, areSpecial: false, definition));
        ReadWhereItExists(Path.Combine(folder, "special_tokens.json"), (file, json) => AddedTokenReader.ReadMap(file, json, areSpecial: true, definition));
        return definition.Complete();
    }

    private static void ReadWhereItExists(string file, Action<string, JsonElement> read)
    {
        if (!File.Exists(file))
            return;
        TokenizerFile.Query(file, json =>
        {
            read(file, json);
            return true;
        });
    }
}
