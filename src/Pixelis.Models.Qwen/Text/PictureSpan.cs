namespace Pixelis.Models.Qwen;

/// <summary>The placeholders of one picture in a batch.</summary>
/// <param name="Row">Row of the batch.</param>
/// <param name="Start">First placeholder column.</param>
/// <param name="Count">Placeholders: merged units of the picture.</param>
/// <param name="IsVideo">Whether it is a video.</param>
/// <param name="Index">Which image, or which video, of the batch: the two are counted separately.</param>
internal readonly record struct PictureSpan(int Row, int Start, int Count, bool IsVideo, int Index);
