namespace Pixelis.Online.Privacy.Scanning;

/// <summary>Finds personal data of some kinds in what is left of a text. Without state.</summary>
internal interface IPiiScanner
{
    /// <summary>What it may find.</summary>
    PiiCategory Categories { get; }

    void Scan(RedactionScan scan);
}
