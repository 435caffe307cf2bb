namespace Pixelis.Serving.Tests.Support;

/// <summary>Waits for something that happens in another thread; how long it takes on a busy machine does not matter.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> holds, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!holds())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"It did not happen that {what}.");
            await Task.Delay(5);
        }
    }
}
