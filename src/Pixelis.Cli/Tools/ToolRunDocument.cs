using System.Text.Json;

namespace Pixelis.Cli.Tools;

/// <summary>A call as <c>tools run --json</c> prints it.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">As given.</param>
/// <param name="Failed">Whether the tool refused.</param>
/// <param name="Text">What a model would read.</param>
/// <param name="Data">The result for programs, in source pixels; absent when the text says it all.</param>
/// <param name="Images">Pictures a model would see, width and height in pixels.</param>
/// <param name="Files">Files that were written.</param>
/// <param name="Seconds">Time the tool took.</param>
internal sealed record ToolRunDocument(
    string Tool, JsonElement Arguments, bool Failed, string Text, JsonElement? Data, IReadOnlyList<int[]> Images, IReadOnlyList<string> Files, double Seconds);
