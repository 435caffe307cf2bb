namespace Pixelis.Online.Tests.Answering;

/// <summary>Puts requests where a test says: a question of the form <c>... @angle</c> at that angle, in degrees, others at 0.</summary>
internal sealed class Places : IRequestEmbedder
{
    public int Dimension => 2;

    public Exception? Failure { get; set; }

    public static float[] At(double degrees) => [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)];

    public Task<ReadOnlyMemory<float>> EmbedAsync(string question, IReadOnlyList<ContentPart> media, CancellationToken cancellationToken = default)
    {
        if (Failure is not null)
            throw Failure;
        int at = question.LastIndexOf('@');
        double angle = at < 0 ? 0 : double.Parse(question[(at + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult<ReadOnlyMemory<float>>(At(angle));
    }
}
