using System.Text.Json;
using Pixelis.Tools;

namespace Pixelis.Agents.PixelReasoner;

/// <summary>
/// The literal text of Pixel-Reasoner's wire format (TIGER-AI-Lab/Pixel-Reasoner, MIT licence). Its checkpoints were trained on exactly
/// these characters, so they are constants of the protocol and kept to what the protocol needs. They were read from
/// curiosity_driven_rl/openrlhf: datasets/prompts_dataset.py (guideline: templates "vcot" and "notool", each after two line breaks) and
/// trainer/ppo_utils/experience_maker.py (function signatures, captions, errors).
/// </summary>
internal static class PixelReasonerFormat
{
    public const string CropName = "crop_image_normalized";

    public const string SelectName = "select_frames";

    /// <summary>Frames of a video that a checkpoint is shown; the signature of <c>select_frames</c> says so too.</summary>
    public const int VideoFrames = 16;

    /// <summary>Most frames of one call.</summary>
    public const int MaxSelected = 8;

    /// <summary>Added to a box on every side, as a share of the picture's width and height.</summary>
    public const double Padding = 0.1;

    /// <summary>Both sides of a crop are longer than this, in pixels.</summary>
    public const int MinSide = 28;

    /// <summary>After a question that comes with the tools; the template brings two line breaks of its own.</summary>
    public const string Guideline =
        "\n\n\n\nGuidelines: Understand the given visual information and the user query. Determine if it is beneficial to employ the given visual operations (tools). "
        + "For a video, we can look closer by `select_frames`. For an image, we can look closer by `crop_image`. "
        + "Reason with the visual information step by step, and put your final answer within \\boxed{}.";

    /// <summary>After a question that comes without tools.</summary>
    public const string GuidelineWithoutTools = "\n\nPlease think step by step, and put your final answer within \\boxed{}.";

    public static ToolDefinition Crop { get; } = new(
        CropName,
        "Zoom in on the image based on the bounding box coordinates. It is useful when the object or text in the image is too small to be seen.",
        JsonElement.Parse("""
        {"type": "object", "properties": {
          "bbox_2d": {"type": "array", "description": "coordinates for bounding box of the area you want to zoom in. Values should be within [0.0,1.0].", "items": {"type": "number"}},
          "target_image": {"type": "number", "description": "The index of the image to crop. Index from 1 to the number of images. Choose 1 to operate on original image."}},
         "required": ["bbox_2d", "target_image"]}
        """));

    public static ToolDefinition Select { get; } = new(
        SelectName,
        "Select frames from a video.",
        JsonElement.Parse("""
        {"type": "object", "properties": {
          "target_frames": {"type": "array", "description": "List of frame indices to select from the video (no more than 8 frames in total).",
           "items": {"type": "integer", "description": "Frame index from 1 to 16."}}},
         "required": ["target_frames"]}
        """));

    public static string CropCaption(int width, int height) => FormattableString.Invariant($"\nHere is the cropped image (Image Size: {width}x{height}):");

    /// <param name="width">Width of the first frame.</param>
    /// <param name="height">Height of the first frame.</param>
    /// <param name="first">Number of the first frame among the pictures, where the video itself counts as 0.</param>
    /// <param name="last">Number of the last one.</param>
    public static string FramesCaption(int width, int height, int first, int last) =>
        FormattableString.Invariant($"\nHere are the selected frames (Frame Size: {width}x{height}, Numbered {first} to {last}):");

    public static string Failure(string message) => $"\nExecution error:\n{message}\n";

    public static string NotAVideo =>
        "Execution Error: You attempted to `select_frames` from **image** not **video**. You should use `crop_image_normalized` instead for inspecting **image**.";

    public static string TooManyFrames(int count) => FormattableString.Invariant(
        $"Execution Error: You have selected {count} frames in total. Think again which frames you need to check in details (no more than 8 frames)");

    public static string NoSuchFrame(int frames, IEnumerable<int> asked) => FormattableString.Invariant(
        $"Execution Error: There are {frames} frames numbered in range [1,{frames}]. Your selection `target_frames=[{string.Join(", ", asked)}]` is out of range.");

    public static string NoSuchImage(int images) => FormattableString.Invariant(
        $"{WrongTarget} You can only pick an image within [1,{images}]");

    public static string NoSuchVideoFrame(int frames, double asked) => FormattableString.Invariant(
        $"{WrongTarget} You can only pick an image **from** the video within [1,{frames}], but the current argument `target_image={asked}`.");

    public static string NoSuchImageBesideVideo(int images, double asked) => FormattableString.Invariant(
        $"{WrongTarget} You can only pick an image within range [2,{images}], but the current argument `target_image={asked}`.");

    public static string TooSmall(int width, int height) => FormattableString.Invariant($"Cropped image is too small: {width}x{height}");

    private const string WrongTarget = "Execution Error: Incorrect `target_image` argument in `crop_image_normalized` operation.";
}
