namespace Pixelis.Online.Neighbors.Native;

/// <summary>What a function of the index shim returns. Mirrors <c>PiStatus</c> in <c>native/index/index.h</c>.</summary>
internal enum IndexStatus
{
    Ok = 0,
    BadData = 1,
    NoMemory = 2,
    Io = 3,
    Cancelled = 4,
    Failed = 5,
}
