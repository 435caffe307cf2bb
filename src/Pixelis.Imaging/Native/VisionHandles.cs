using Microsoft.Win32.SafeHandles;

namespace Pixelis.Imaging.Native;

/// <summary>A picture decoded by the shim, in its memory.</summary>
internal sealed class DecodedImageHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        VisionMethods.pv_image_free(handle);
        return true;
    }
}

/// <summary>An encoded file in the shim's memory.</summary>
internal sealed class EncodedBytesHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        VisionMethods.pv_bytes_free(handle);
        return true;
    }
}

/// <summary>An open video.</summary>
internal sealed class VideoHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        VisionMethods.pv_video_close(handle);
        return true;
    }
}

/// <summary>A video being written; closing it finishes the file.</summary>
internal sealed class VideoWriterHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        VisionMethods.pv_video_writer_close(handle);
        return true;
    }
}
