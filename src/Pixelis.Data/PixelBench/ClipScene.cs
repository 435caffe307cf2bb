using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>What scenes of clips share: small frames on one backdrop, fresh noise in each.</summary>
internal sealed class ClipScene
{
    public const int Side = 112;
    public const double FramesPerSecond = 4;

    private readonly SceneRandom _random;
    private readonly Canvas _backdrop = new(Side, Side);
    private readonly List<VideoFrame> _frames = [];

    public ClipScene(SceneRandom random, PixelBenchShift shift)
    {
        _random = random;
        Style = SceneStyle.Draw(random, shift);
        Backdrop.Paint(_backdrop, random, shift.HasFlag(PixelBenchShift.Backdrops));
    }

    public SceneStyle Style { get; }

    /// <summary>Adds a frame.</summary>
    /// <param name="paint">Draws what is on it.</param>
    public void Add(Action<Canvas> paint)
    {
        Canvas canvas = _backdrop.Copy();
        paint(canvas);
        canvas.AddNoise(_random, Style.Noise);
        _frames.Add(new VideoFrame(canvas.ToImage(), _frames.Count, TimeSpan.FromSeconds(_frames.Count / FramesPerSecond)));
    }

    public VideoClip Finish() => new(_frames, FramesPerSecond);
}
