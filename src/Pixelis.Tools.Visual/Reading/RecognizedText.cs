using System.Text;

namespace Pixelis.Tools.Visual;

/// <summary>Text that was read from a picture.</summary>
/// <param name="Words">The words in reading order.</param>
/// <param name="Rotation">How far the text is turned clockwise in the picture: 0, 90, 180 or 270 degrees.</param>
public sealed record RecognizedText(IReadOnlyList<RecognizedWord> Words, int Rotation)
{
    /// <summary>The words joined by spaces, lines by line feeds, blocks by an empty line.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            for (int i = 0; i < Words.Count; i++)
            {
                if (i > 0)
                    text.Append(Words[i].Block != Words[i - 1].Block ? "\n\n" : Words[i].Line != Words[i - 1].Line ? "\n" : " ");
                text.Append(Words[i].Text);
            }
            return text.ToString();
        }
    }

    /// <summary>Mean confidence of the words weighted by their length, 0..1; 0 without words.</summary>
    public double Confidence
    {
        get
        {
            double sum = 0, length = 0;
            foreach (RecognizedWord word in Words)
            {
                sum += word.Confidence * word.Text.Length;
                length += word.Text.Length;
            }
            return length == 0 ? 0 : sum / length;
        }
    }
}
