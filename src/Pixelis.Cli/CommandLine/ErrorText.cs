namespace Pixelis.Cli.CommandLine;

/// <summary>Says what went wrong in one line.</summary>
internal static class ErrorText
{
    public static void Write(TextWriter error, Exception problem, bool verbose)
    {
        error.WriteLine($"pixelis: {OneLine(problem)}");
        if (verbose)
            error.WriteLine(problem);
        else if (problem is not (PixelisException or UsageException or IOException or UnauthorizedAccessException))
            error.WriteLine("pixelis: run it with --verbose for the details; 'pixelis doctor' checks the machine");
    }

    /// <summary>As <see cref="OneLine"/>, cut to what fits beside other findings.</summary>
    public static string Brief(Exception problem)
    {
        const int Longest = 200;
        string line = OneLine(problem);
        return line.Length <= Longest ? line : line[..Longest] + " ...";
    }

    /// <summary>The message that says most: wrappers of static constructors and tasks say nothing.</summary>
    public static string OneLine(Exception problem)
    {
        while (problem is TypeInitializationException or AggregateException or System.Reflection.TargetInvocationException
            && problem.InnerException is { } inner)
        {
            problem = inner;
        }
        return string.Join(' ', problem.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
