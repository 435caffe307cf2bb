using Pixelis.Online.Tests.Audit;

namespace Pixelis.Online.Tests.Support;

/// <summary>What tests run in processes of their own, to kill them: <c>dotnet Pixelis.Online.Tests.dll VERB ...</c>.</summary>
internal static class ChildProgram
{
    /// <summary>The file to run.</summary>
    public static string Dll => Path.Combine(AppContext.BaseDirectory, "Pixelis.Online.Tests.dll");

    private static Task Main(string[] args) => args switch
    {
        ["audit-append", var folder] => AuditChild.RunAsync(folder),
        _ => throw new ArgumentException("No such child."),
    };
}
