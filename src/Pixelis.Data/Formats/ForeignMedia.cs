using System.Globalization;
using Pixelis.Imaging;

namespace Pixelis.Data.Formats;

/// <summary>Saves the pictures of traces beside a file of another format.</summary>
internal sealed class ForeignMedia(string file)
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
    private readonly string _name = Path.GetFileNameWithoutExtension(file) + "_media";

    /// <summary>Writes a picture or clip and returns its path relative to the file.</summary>
    public string Save(ContentPart part, string id, int number)
    {
        Directory.CreateDirectory(Path.Combine(_folder, _name));
        string path = string.Create(CultureInfo.InvariantCulture, $"{_name}/{Safe(id)}-{number}");
        if (part is ImagePart image)
        {
            path += ".png";
            ImageFile.Save(image.Image, Path.Combine(_folder, path));
        }
        else if (part is VideoPart video)
            FrameFolder.Save(video.Clip, Path.Combine(_folder, path));
        return path;
    }

    private static string Safe(string id) => new([.. id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')]);
}
