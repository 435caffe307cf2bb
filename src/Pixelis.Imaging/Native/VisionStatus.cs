namespace Pixelis.Imaging.Native;

/// <summary>What a function of the vision shim returns. Mirrors <c>PvStatus</c> in <c>native/vision/vision.h</c>.</summary>
internal enum VisionStatus
{
    Ok = 0,
    BadData = 1,
    TooLarge = 2,
    NoMemory = 3,
    Failed = 4,
    End = 5,
}
