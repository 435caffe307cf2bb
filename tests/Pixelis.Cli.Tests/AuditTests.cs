using System.Runtime.Versioning;
using System.Text.Json;
using Pixelis.Online.Audit;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class AuditTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Log => _folder["log"];

    private string Key => _folder["audit.key"];

    private string FirstFile => Path.Combine(Log, "audit-00000001.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_intact_log_verifies_with_the_key_that_the_tool_made()
    {
        string made = (await PixelisTool.RunAsync("audit", "key", Key)).Succeeded().Output;
        await WriteAsync(AuditKey.Read(Key), 3);
        Assert.Equal($"{Key}: audit key {AuditKey.Read(Key).Id}\n", made);
        string text = (await PixelisTool.RunAsync("audit", "verify", Log, "--key", Key)).Succeeded().Output;
        Assert.StartsWith("intact\n3 entries in 1 files, ", text, StringComparison.Ordinal);

        ChildResult again = await PixelisTool.RunAsync("audit", "key", Key);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("never overwritten", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_log_does_not_and_the_place_is_named()
    {
        await WriteAsync(AuditKey.Create(Key), 3);
        File.WriteAllText(FirstFile, File.ReadAllText(FirstFile).Replace("policy-1", "policy-7", StringComparison.Ordinal));
        ChildResult text = await PixelisTool.RunAsync("audit", "verify", Log, "--key", Key);
        Assert.Equal(1, text.ExitCode);
        Assert.StartsWith("BROKEN  audit-00000001.jsonl, line 3: its authentication code is wrong", text.Output, StringComparison.Ordinal);

        ChildResult json = await PixelisTool.RunAsync("audit", "verify", Log, "--key", Key, "--json");
        Assert.Equal(1, json.ExitCode);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.False(document.RootElement.GetProperty("intact").GetBoolean());
        Assert.Equal(3, document.RootElement.GetProperty("break").GetProperty("line").GetInt64());
        Assert.Equal("audit-00000001.jsonl", document.RootElement.GetProperty("break").GetProperty("file").GetString());
    }

    [Fact]
    public async Task An_anchor_finds_a_log_that_was_put_back()
    {
        AuditKey key = AuditKey.Create(Key);
        await WriteAsync(key, 2);
        byte[] log = File.ReadAllBytes(FirstFile), head = File.ReadAllBytes(Path.Combine(Log, "head.json"));
        await WriteAsync(key, 2);
        File.Copy(Path.Combine(Log, "head.json"), _folder["anchor.json"]);
        File.WriteAllBytes(FirstFile, log);
        File.WriteAllBytes(Path.Combine(Log, "head.json"), head);
        Assert.Equal(0, (await PixelisTool.RunAsync("audit", "verify", Log, "--key", Key)).ExitCode);
        ChildResult anchored = await PixelisTool.RunAsync("audit", "verify", Log, "--key", Key, "--anchor", _folder["anchor.json"], "--json");
        Assert.Equal(1, anchored.ExitCode);
        Assert.Contains("the anchor vouches for 5 lines and 3 are there", anchored.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_verified_is_an_error()
    {
        await WriteAsync(AuditKey.Create(Key), 1);
        await Refused("no audit log", Directory.CreateDirectory(_folder["empty"]).FullName, "--key", Key);
        await Refused("no such folder", _folder["absent"], "--key", Key);
        await Refused("is not set", Log, "--key-env", "PIXELIS_TEST_NO_SUCH_KEY");
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        await Refused("chmod 600", Log, "--key", Key);

        static async Task Refused(string why, params string[] arguments)
        {
            ChildResult result = await PixelisTool.RunAsync(["audit", "verify", .. arguments, "--json"]);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(why, result.Error, StringComparison.Ordinal);
            using JsonDocument document = JsonDocument.Parse(result.Output);
            Assert.Equal(1, document.RootElement.GetProperty("error").GetProperty("exitCode").GetInt32());
        }
    }

    private async Task WriteAsync(AuditKey key, int count)
    {
        await using AuditLog log = AuditLog.Open(Log, key);
        for (int i = 0; i < count; i++)
            await log.AppendAsync(new AuditEntry { Type = "update", Actor = "worker", Action = "apply", Resource = $"policy-{i}" });
    }
}
