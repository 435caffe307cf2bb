using System.Text;

namespace Pixelis.Cli.CommandLine;

/// <summary>Text of a model or a tool on its way to a terminal.</summary>
internal static class TerminalText
{
    /// <summary>
    /// The text without control characters (line feed and tab stay): what a model writes must not move the cursor, retitle the
    /// window or hide what came before.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsControl))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!IsControl(c))
                clean.Append(c);
        }
        return clean.ToString();
    }

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
