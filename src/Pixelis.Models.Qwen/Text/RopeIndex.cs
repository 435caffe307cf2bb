using Pixelis.Modeling;

namespace Pixelis.Models.Qwen;

/// <summary>
/// Three-dimensional positions of Qwen2.5-VL. Text advances time, height and width together. A picture that starts at
/// position s spreads over s + frame time, s + row and s + column in merged units; what follows continues after the largest
/// of them. Padded columns get position 1 and count for nothing.
/// </summary>
internal sealed class RopeIndex
{
    private readonly RopeRequest _request;
    private readonly QwenConfig _config;
    private readonly int _merge;
    private readonly double _tokensPerSecond;
    private readonly long[] _positions;
    private readonly long[] _offsets;
    private readonly List<PictureSpan> _pictures = [];
    private readonly HashSet<int> _sequenceStarts = []; // of a packed row, the first left out
    private int _nextImage;
    private int _nextVideo;

    private RopeIndex(RopeRequest request, QwenConfig config)
    {
        _request = request;
        _config = config;
        _merge = config.Vision?.MergeSize ?? 1;
        _tokensPerSecond = config.Vision?.TokensPerSecond ?? 1;
        _positions = new long[3 * request.Batch * request.Length];
        _offsets = new long[request.Batch * request.Length];
        int start = 0;
        foreach (int sequence in request.SequenceLengths.SkipLast(1))
            _sequenceStarts.Add(start += sequence);
    }

    /// <summary>Computes positions.</summary>
    /// <exception cref="ModelInputException">Placeholders and grids do not match.</exception>
    public static RopePlan Compute(RopeRequest request, QwenConfig config)
    {
        var index = new RopeIndex(request, config);
        for (int row = 0; row < request.Batch; row++)
            index.FillRow(row);
        index.ExpectAllUsed();
        return new RopePlan(index._positions, index._offsets, index._pictures);
    }

    private void FillRow(int row)
    {
        int length = _request.Length;
        int start = row * length;
        long next = _request.FirstPositions.Length == 0 ? 0 : _request.FirstPositions[row];
        bool afterStart = false; // whether the previous unpadded token opened a picture
        for (int column = 0; column < length; column++)
        {
            if (_sequenceStarts.Contains(column))
                (next, afterStart) = (0, false);
            if (IsPadding(start + column))
            {
                Set(start + column, 1, 1, 1);
                SetOffset(start, column, next);
                continue;
            }

            long id = _request.Ids[start + column];
            if (afterStart && (id == _config.ImageTokenId || id == _config.VideoTokenId) && _config.Vision is not null)
            {
                column = FillPicture(row, column, id == _config.VideoTokenId, ref next);
                afterStart = false;
                continue;
            }

            Set(start + column, next, next, next);
            next++;
            SetOffset(start, column, next);
            afterStart = id == _config.VisionStartTokenId;
        }
    }

    /// <summary>Places one picture and returns its last column.</summary>
    private int FillPicture(int row, int column, bool video, ref long next)
    {
        IReadOnlyList<VisionGrid> grids = video ? _request.Videos : _request.Images;
        int index = video ? _nextVideo++ : _nextImage++;
        string kind = video ? "video" : "image";
        if (index >= grids.Count)
            throw new ModelInputException($"row {row} has placeholders of {kind} {index} at column {column}, but only {grids.Count} {kind} grids were given");
        VisionGrid grid = grids[index];
        (int height, int width) = (grid.Height / _merge, grid.Width / _merge);
        int count = checked(grid.Temporal * height * width);
        int start = row * _request.Length;
        RequirePlaceholders(row, column, count, video, index);
        long highest = next - 1;
        for (int i = 0; i < count; i++)
        {
            long t = next + FrameTime(i / (height * width), video, index);
            long h = next + (i / width % height);
            long w = next + (i % width);
            Set(start + column + i, t, h, w);
            highest = Math.Max(highest, Math.Max(t, Math.Max(h, w)));
            SetOffset(start, column + i, highest + 1);
        }

        _pictures.Add(new PictureSpan(row, column, count, video, index));
        next = highest + 1;
        return column + count - 1;
    }

    private void RequirePlaceholders(int row, int column, int count, bool video, int index)
    {
        long id = video ? _config.VideoTokenId : _config.ImageTokenId;
        int found = 0;
        while (found < count && column + found < _request.Length
            && _request.Ids[(row * _request.Length) + column + found] == id && !IsPadding((row * _request.Length) + column + found))
        {
            found++;
        }

        if (found < count)
        {
            throw new ModelInputException(
                $"row {row} has {found} placeholders for {(video ? "video" : "image")} {index} at column {column}; its grid needs {count}");
        }
    }

    /// <summary>Frame index times seconds times rate, cut to a whole number after the product (or seconds before it).</summary>
    private long FrameTime(int frame, bool video, int index)
    {
        if (!video)
            return 0;
        double seconds = index < _request.SecondsPerGrid.Count ? _request.SecondsPerGrid[index] : 1;
        if (_request.IntegerSeconds)
            seconds = Math.Truncate(seconds);
        // The reference multiplies in float32; a double could land on the other side of a whole number.
        return (long)((float)frame * (float)seconds * (float)_tokensPerSecond);
    }

    private void ExpectAllUsed()
    {
        if (_nextImage != _request.Images.Count || _nextVideo != _request.Videos.Count)
        {
            throw new ModelInputException(
                $"{_request.Images.Count} image and {_request.Videos.Count} video grids were given, but the tokens have placeholders for "
                + $"{_nextImage} images and {_nextVideo} videos (a placeholder run must follow the vision-start token)");
        }
    }

    private bool IsPadding(int flat) => _request.Padding.Length > 0 && _request.Padding[flat];

    private void Set(int flat, long t, long h, long w)
    {
        int plane = _request.Batch * _request.Length;
        _positions[flat] = t;
        _positions[plane + flat] = h;
        _positions[(2 * plane) + flat] = w;
    }

    private void SetOffset(int rowStart, int column, long next) =>
        _offsets[rowStart + column] = next - (_request.FirstColumn + column + 1);
}
