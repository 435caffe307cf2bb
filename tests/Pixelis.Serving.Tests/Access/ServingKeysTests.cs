using System.Runtime.Versioning;
using Pixelis.TestKit;

namespace Pixelis.Serving.Tests.Access;

[UnsupportedOSPlatform("windows")]
public sealed class ServingKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_has_a_key_a_line() =>
        Assert.Equal(["first-key-of-the-file", "second-key-of-the-file"], ServingKeys.Read(Write("# ours\n\n first-key-of-the-file \nsecond-key-of-the-file\n")));

    [Theory]
    [InlineData("", "holds no key")]
    [InlineData("# nothing\n", "holds no key")]
    [InlineData("first-key-of-the-file\nshort-secret\n", "line 2: a key has at least 16")]
    [InlineData("a secret with blanks in it\n", "line 1: a key has at least 16")]
    public void What_is_no_key_is_told_and_not_quoted(string text, string expected)
    {
        string message = Assert.Throws<PixelisException>(() => ServingKeys.Read(Write(text))).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_others_can_read_or_that_is_not_there_is_refused()
    {
        string path = Write("first-key-of-the-file");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<PixelisException>(() => ServingKeys.Read(path)).Message, StringComparison.Ordinal);
        Assert.Contains("no such key file", Assert.Throws<PixelisException>(() => ServingKeys.Read(_folder["absent"])).Message, StringComparison.Ordinal);
        Assert.Null(ServingKeys.FromEnvironment("PIXELIS_TEST_NO_SUCH_KEY"));
    }

    private string Write(string text)
    {
        string path = _folder["keys"];
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
