using System.Runtime.InteropServices;

namespace Pixelis.Online.Tests.Support;

/// <summary>Processor time of the current thread: what a busy machine does not change, as wall-clock time does.</summary>
internal static unsafe partial class ThreadTime
{
    private const int ThreadClock = 3;

    public static double Milliseconds
    {
        get
        {
            long* time = stackalloc long[2];
            Assert.Equal(0, GetTime(ThreadClock, time));
            return time[0] * 1e3 + time[1] / 1e6;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, long* time);
}
