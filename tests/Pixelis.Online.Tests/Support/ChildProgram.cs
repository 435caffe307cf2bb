using Pixelis.Online.Tests.Audit;
using Pixelis.Online.Tests.Review;

namespace Pixelis.Online.Tests.Support;

/// <summary>What tests run in processes of their own, to kill them: <c>dotnet Pixelis.Online.Tests.dll VERB FILE</c>.</summary>
internal static class ChildProgram
{
    /// <summary>The file to run.</summary>
    public static string Dll => Path.Combine(AppContext.BaseDirectory, "Pixelis.Online.Tests.dll");

    private static Task Main(string[] args) => args switch
    {
        ["audit-append", var folder] => AuditChild.RunAsync(folder),
        ["experience-write", var folder] => ExperienceChild.WriteAsync(folder),
        ["experience-hold", var folder] => ExperienceChild.HoldAsync(folder),
        ["policy-publish", var folder] => Updates.PolicyChild.RunAsync(folder),
        ["review-write", var file] => ReviewChild.RunAsync(file),
        _ => throw new ArgumentException("No such child."),
    };
}
