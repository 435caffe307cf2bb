namespace Pixelis.Online.Tests;

/// <summary>
/// What a process of its own does with a store. Writing: adds, erases and rebuilds until it is killed, and tells each thing once it is
/// acknowledged. Holding: opens it and waits.
/// </summary>
internal static class ExperienceChild
{
    public const int Dimension = 16;

    public static ExperienceBufferOptions Options { get; } = new()
    {
        Dimension = Dimension,
        Neighbors = new() { TailSize = 32, Construction = 20 },
        SnapshotInterval = TimeSpan.FromMilliseconds(20),
    };

    public static async Task WriteAsync(string folder)
    {
        await using ExperienceBuffer buffer = Open(folder);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => WriteAsync(buffer, worker)));
    }

    public static async Task HoldAsync(string folder)
    {
        await using ExperienceBuffer buffer = Open(folder);
        await Task.Delay(Timeout.Infinite);
    }

    private static ExperienceBuffer Open(string folder)
    {
        ExperienceBuffer buffer = ExperienceBuffer.Open(folder, Options);
        Console.WriteLine("open");
        return buffer;
    }

    private static async Task WriteAsync(ExperienceBuffer buffer, int worker)
    {
        for (int i = 0; ; i++)
        {
            // Every eighth is of a person who asks to be forgotten at once.
            string? subject = i % 8 == 7 ? $"{Environment.ProcessId}-{worker}-{i}" : null;
            Experience added = await buffer.AddAsync(Examples.Experience($"{worker}-{i}", Dimension, worker + (i * 10)) with { Subject = subject });
            Console.WriteLine($"added {added.Id} {added.RequestId}");
            if (subject is null)
                continue;
            Console.WriteLine($"erasing {added.Id}");
            await buffer.EraseAsync(subject);
            Console.WriteLine($"erased {added.Id}");
        }
    }
}
