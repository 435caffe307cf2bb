namespace Pixelis.Online.Audit;

/// <summary>An audit log that cannot be opened, written or found.</summary>
/// <param name="message">What is wrong, and what can be done.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class AuditException(string message, Exception? innerException = null) : PixelisException(message, innerException);
