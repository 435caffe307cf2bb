using Pixelis.Imaging;
using Pixelis.TestKit;

namespace Pixelis.Tools.Visual.Tests;

public sealed class TesseractTextReaderTests : IDisposable
{
    private readonly TesseractTextReader _reader = new();

    public void Dispose() => _reader.Dispose();

    private static PixelImage Turned(PixelImage image, int quarters)
    {
        for (; quarters > 0; quarters--)
        {
            PixelImage from = image;
            image = Scenes.Draw(from.Height, from.Width, (x, y) =>
            {
                ReadOnlySpan<byte> p = from.Row(from.Height - 1 - x).Slice(y * 3, 3);
                return (p[0], p[1], p[2]);
            });
        }
        return image;
    }

    [SharedFact("real/ocr/testocr.png")]
    public void Text_on_its_side_is_found_with_boxes_in_the_picture()
    {
        PixelImage page = ImageFile.Load(SharedData.RequirePath("real/ocr/testocr.png")).ToRgb();
        RecognizedText upright = _reader.Read(page);
        Assert.Equal(0, upright.Rotation);
        for (int quarters = 1; quarters < 4; quarters++)
        {
            PixelImage turned = Turned(page, quarters);
            RecognizedText text = _reader.Read(turned);
            Assert.Equal(90 * quarters, text.Rotation);
            Assert.Equal(upright.Text, text.Text);
            Assert.All(text.Words, word => Assert.Equal(word.Box, word.Box.Intersect(PixelRect.Of(turned))));
            bool tall = quarters != 2;
            Assert.Equal(tall, text.Words.MaxBy(w => w.Text.Length)!.Box is var box && box.Height > box.Width);
        }
    }

    [SharedFact("real/ocr/testocr.png")]
    public void A_region_is_read_alone_with_boxes_of_the_whole_picture()
    {
        PixelImage page = ImageFile.Load(SharedData.RequirePath("real/ocr/testocr.png")).ToRgb();
        RecognizedWord[] words = [.. _reader.Read(page).Words];
        RecognizedWord[] line = [.. words.Where(w => w.Line == 2)];
        int top = line.Min(w => w.Box.Y) - 6, bottom = line.Max(w => w.Box.Bottom) + 6;
        RecognizedText region = _reader.Read(page, new TextReadingOptions { Region = new PixelRect(0, top, page.Width, bottom - top) });
        Assert.Equal(string.Join(' ', line.Select(w => w.Text)), region.Text.Replace('\n', ' '));
        Assert.All(region.Words.Zip(line), pair => Assert.True(pair.First.Box.Overlap(pair.Second.Box) > 0.6));
    }

    [SharedFact("real/ocr/testocr.png")]
    public void Threads_share_a_reader()
    {
        PixelImage page = ImageFile.Load(SharedData.RequirePath("real/ocr/testocr.png"));
        string alone = _reader.Read(page).Text;
        Parallel.For(0, 4, _ => Assert.Equal(alone, _reader.Read(page).Text));
    }

    [Fact]
    public void A_plain_or_tiny_picture_has_no_text()
    {
        Assert.Empty(_reader.Read(Scenes.Draw(300, 200, (_, _) => (255, 255, 255))).Words);
        Assert.Empty(_reader.Read(Scenes.Draw(1, 1, (_, _) => (0, 0, 0))).Words);
        Assert.Equal("", _reader.Read(Scenes.Draw(3, 60, (_, _) => (9, 9, 9))).Text);
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_named()
    {
        PixelImage image = Scenes.Draw(50, 50, (_, _) => (255, 255, 255));
        Assert.Equal("region", Assert.Throws<VisualArgumentException>(() => _reader.Read(image, new TextReadingOptions { Region = new PixelRect(60, 0, 5, 5) })).Field);
        Assert.Equal("language", Assert.Throws<VisualArgumentException>(() => _reader.Read(image, new TextReadingOptions { Language = "../etc/passwd" })).Field);
        Assert.Equal("language", Assert.Throws<VisualArgumentException>(() => _reader.Read(image, new TextReadingOptions { Language = "xyz" })).Field);
    }

    [Fact]
    public void A_cancelled_read_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _reader.Read(Scenes.Draw(50, 50, (_, _) => (0, 0, 0)), null, source.Token));
    }
}
