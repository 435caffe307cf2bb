namespace Pixelis.Online;

/// <summary>A store of experiences that cannot be opened, read or written.</summary>
/// <param name="path">The file or folder at fault.</param>
/// <param name="problem">What is wrong, and what can be done.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class ExperienceStoreException(string path, string problem, Exception? innerException = null)
    : PixelisException($"{path}: {problem}", innerException);
