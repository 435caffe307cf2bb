namespace Pixelis.Data;

/// <summary>Turns a dataset of another making into examples. Implementations are stateless; they read lazily and load no pictures.</summary>
public interface IDatasetAdapter
{
    /// <summary>A short name, as on the command line.</summary>
    string Name { get; }

    /// <summary>Reads a dataset.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="broken">What to do with items that cannot be read.</param>
    /// <param name="report">Hears of each item that was left out.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">The file or an item cannot be read; the message names file, item and field.</exception>
    IEnumerable<Example> Read(string path, BrokenLines broken = BrokenLines.Refuse, Action<DatasetFormatException>? report = null);
}
