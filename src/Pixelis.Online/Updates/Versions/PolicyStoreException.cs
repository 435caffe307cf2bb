namespace Pixelis.Online.Updates;

/// <summary>A store of versions that cannot be used or written. The message names the folder and says what to do.</summary>
/// <param name="place">The folder or file.</param>
/// <param name="problem">What is wrong.</param>
/// <param name="inner">Its cause; null for none.</param>
public sealed class PolicyStoreException(string place, string problem, Exception? inner = null) : PixelisException($"{place}: {problem}", inner!);
