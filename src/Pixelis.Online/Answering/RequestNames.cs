using Pixelis.Online.Privacy;

namespace Pixelis.Online;

/// <summary>Names of requests as they are kept: one that a program drew says nothing about anybody; of any other, personal data are taken out.</summary>
internal static class RequestNames
{
    public static string Of(string name, IRedactor redactor) => Guid.TryParse(name, out _) ? name : redactor.Redact(name).Text;
}
