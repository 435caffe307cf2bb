namespace Pixelis.Online.Tests.Child;

/// <summary>
/// What tests run in a process of its own, to kill it. <c>write FOLDER</c>: adds, erases and rebuilds until it is killed, and tells each
/// thing once it is acknowledged. <c>hold FOLDER</c>: opens a store and waits.
/// </summary>
internal static class Program
{
    public const int Dimension = 16;

    public static ExperienceBufferOptions Options { get; } = new()
    {
        Dimension = Dimension,
        Neighbors = new() { TailSize = 32, Construction = 20 },
        SnapshotInterval = TimeSpan.FromMilliseconds(20),
    };

    private static async Task<int> Main(string[] arguments)
    {
        await using ExperienceBuffer buffer = ExperienceBuffer.Open(arguments[1], Options);
        Console.WriteLine("open");
        if (arguments[0] == "write")
            await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => WriteAsync(buffer, worker)));
        else
            await Task.Delay(Timeout.Infinite);
        return 0;
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
