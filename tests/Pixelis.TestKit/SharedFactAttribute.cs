using Xunit;

namespace Pixelis.TestKit;

/// <summary>A fact that needs an entry of the shared data and is skipped, with the reason, where it is absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    /// <summary>Names the entry relative to the shared folder, for example <c>golden</c> or <c>real/photos</c>.</summary>
    public SharedFactAttribute(string relative) => Skip = SharedData.ReasonToSkip(relative)!;
}
