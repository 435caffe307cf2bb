namespace Pixelis.Modeling;

/// <summary>What an encoder does with text that spells an added token, such as <c>&lt;|im_end|&gt;</c>.</summary>
public enum SpecialTokenParsing
{
    /// <summary>The characters are text like any other. The right choice for everything that people, tools or files wrote. The default.</summary>
    PlainText,

    /// <summary>Added tokens are cut out and become their ids. For templates the program itself wrote.</summary>
    Parse,
}
