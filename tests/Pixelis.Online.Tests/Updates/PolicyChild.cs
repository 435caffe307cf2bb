using Pixelis.Online.Updates;

namespace Pixelis.Online.Tests.Updates;

/// <summary>A process that makes versions one after the other and tells each once it is pointed to, until it is killed.</summary>
internal static class PolicyChild
{
    private const int Numbers = 20_000;

    public static Task RunAsync(string folder)
    {
        using PolicyVersionStore store = PolicyVersionStore.Open(folder, new PolicyVersionStoreOptions { Keep = 3 });
        Console.WriteLine($"open {store.Serving?.Id} {string.Join(" ", store.Notices)}");
        while (true)
        {
            using PolicyDraft draft = store.Draft(Write);
            PolicyVersion version = store.Commit(draft, v => v with { Parent = store.Learning?.Id, Experiences = [1, 2, 3] });
            store.Point(version, serves: true);
            Console.WriteLine($"ack {version.Id}");
        }
    }

    public static void Write(string weights)
    {
        foreach (string name in new[] { "a.bin", "b.bin" })
            File.WriteAllBytes(Path.Combine(weights, name), [.. Enumerable.Range(0, Numbers).Select(i => (byte)i)]);
    }
}
