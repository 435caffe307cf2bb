using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

/// <summary>A random tiny model and a picture, made once by the tool itself.</summary>
public sealed class TinyModel : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder["tiny"];

    public string Image => _folder["picture.png"];

    public ChildResult Making { get; private set; } = null!;

    public string this[string name] => _folder[name];

    public async Task InitializeAsync()
    {
        Making = await PixelisTool.RunAsync("model", "random", "--like", "qwen2.5-vl-tiny", "--out", Folder, "--seed", "3");
        var pixels = new byte[84 * 56 * 3];
        for (int index = 0; index < pixels.Length; index++)
            pixels[index] = (byte)(index * 11);
        Pixelis.Imaging.ImageFile.Save(PixelImage.Create(84, 56, PixelFormat.Rgb24, pixels), Image);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
