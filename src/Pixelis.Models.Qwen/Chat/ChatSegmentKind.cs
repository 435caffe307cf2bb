namespace Pixelis.Models.Qwen.Chat;

/// <summary>What a piece of a rendered chat is.</summary>
public enum ChatSegmentKind
{
    /// <summary>Text of the template itself: added tokens in it become their ids.</summary>
    Template,

    /// <summary>Text from a message, a tool or a model: always plain text, whatever it spells.</summary>
    Content,

    /// <summary>The place of an image: as many <c>&lt;|image_pad|&gt;</c> as the processor gives it.</summary>
    Image,

    /// <summary>The place of a video: as many <c>&lt;|video_pad|&gt;</c> as the processor gives it.</summary>
    Video,
}
