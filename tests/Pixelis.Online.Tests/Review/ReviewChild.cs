namespace Pixelis.Online.Tests.Review;

/// <summary>A process that writes until it is killed, and says what it was told is kept.</summary>
internal static class ReviewChild
{
    public static async Task RunAsync(string file)
    {
        await using ReviewQueue queue = ReviewQueue.Open(file);
        for (long i = 1; i < 1_000_000; i++)
        {
            await queue.EnqueueAsync(ReviewRequests.Of(i));
            await queue.CorrectAsync(i, "writer", $"label {i}");
            Console.WriteLine(i);
        }
    }
}
