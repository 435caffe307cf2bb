using Pixelis.Online.Audit;

namespace Pixelis.Online.Tests.Audit;

/// <summary>A process that appends entries and says on standard output which were acknowledged, until it is killed or the disk is full.</summary>
internal static class AuditChild
{
    public static async Task RunAsync(string folder)
    {
        try
        {
            using var place = new AuditFolder();
            await using AuditLog log = AuditLog.Open(folder, place.Key);
            try
            {
                for (int i = 0; i < 5000; i++)
                    Say($"ack {await log.AppendAsync(AuditFolder.Entry(i) with { Resource = new string('r', 300) })}");
            }
            catch (AuditException e)
            {
                Say($"full: {e.Message}");
                Say($"small: {await log.AppendAsync(new AuditEntry { Type = "t", Actor = "a", Action = "a", Resource = "r" })}");
            }
        }
        catch (AuditException e)
        {
            Say($"refused: {e.Message}");
        }
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
