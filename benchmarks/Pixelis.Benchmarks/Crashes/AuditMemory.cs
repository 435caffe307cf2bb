using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Pixelis.Online.Updates;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>What an audit log held when it was last looked at: every byte of its whole lines must still be there. And what its lines say.</summary>
internal sealed class AuditMemory
{
    private readonly Dictionary<string, SeenFile> _seen = [];
    private readonly Dictionary<string, long> _read = [];
    private readonly Dictionary<(string Action, string Resource), int> _feedback = [];
    private readonly HashSet<long> _decisions = [];
    private readonly HashSet<string> _published = [];
    private readonly HashSet<string> _notKept = [];

    public AuditMemory(IEnumerable<SeenFile> seen)
    {
        foreach (SeenFile file in seen)
            _seen[file.Name] = file;
    }

    public IReadOnlyList<SeenFile> Seen => [.. _seen.Values.OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>Versions that were published, the first one included.</summary>
    public int Published => _published.Count;

    public bool IsPublished(string version) => _published.Contains(version);

    public bool IsNotKept(string trace) => _notKept.Contains(trace);

    public bool HasDecision(long number) => _decisions.Contains(number);

    public int FeedbackOn(long experience, string action) => _feedback.GetValueOrDefault((action, ResourceOf(experience)));

    /// <summary>Reads on; what is wrong with what was seen before.</summary>
    public List<Loss> Hold(OnlineFolder folder)
    {
        var lost = new List<Loss>();
        string[] files = Directory.Exists(folder.AuditLog) ? Directory.GetFiles(folder.AuditLog, "audit-*.jsonl") : [];
        foreach (SeenFile gone in _seen.Values.Where(s => files.All(f => Path.GetFileName(f) != s.Name)))
            lost.Add(new Loss("audit", $"{gone.Name} with {gone.Length} bytes is gone"));
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            byte[] bytes = ReadAll(file);
            string name = Path.GetFileName(file);
            if (_seen.TryGetValue(name, out SeenFile? seen) && (bytes.Length < seen.Length || SumOf(bytes.AsSpan(0, (int)seen.Length)) != seen.Sum))
                lost.Add(new Loss("audit", $"{name} does not begin with the {seen.Length} bytes that it had"));
            int whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
            int from = (int)Math.Min(whole, _read.GetValueOrDefault(name));
            foreach (Range line in Lines(bytes.AsSpan(from, whole - from)))
                Take(bytes.AsMemory(from, whole - from)[line]);
            _read[name] = whole;
            _seen[name] = new SeenFile(name, whole, SumOf(bytes.AsSpan(0, whole)));
        }
        return lost;
    }

    private static string ResourceOf(long experience) => string.Create(CultureInfo.InvariantCulture, $"experience {experience}");

    private void Take(ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement entry = document.RootElement;
        if (!entry.TryGetProperty("type", out JsonElement type) || !entry.TryGetProperty("action", out JsonElement acted))
            return; // a file's first line
        string action = acted.GetString()!, resource = entry.GetProperty("resource").GetString()!, result = entry.GetProperty("result").GetString()!;
        switch (type.GetString())
        {
            case "policy" when action is "begin" or "publish" or "roll-back" && result == "success":
                _published.Add(resource);
                break;
            case "feedback":
                _feedback[(action, resource)] = _feedback.GetValueOrDefault((action, resource)) + 1;
                break;
            case "review":
                _decisions.Add(long.Parse(entry.GetProperty("metadata").GetProperty("decision").GetString()!, CultureInfo.InvariantCulture));
                break;
            case "answer" when resource.StartsWith("request ", StringComparison.Ordinal):
                _notKept.Add(resource["request ".Length..]);
                break;
        }
    }

    private static List<Range> Lines(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<Range>();
        for (int start = 0, end; start < bytes.Length; start = end + 1)
        {
            end = start + bytes[start..].IndexOf((byte)'\n');
            lines.Add(start..end);
        }
        return lines;
    }

    private static string SumOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // A server may be writing.
    private static byte[] ReadAll(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
