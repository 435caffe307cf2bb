using Xunit;

namespace Pixelis.TestKit;

/// <summary>A theory that needs an entry of the shared data and is skipped, with the reason, where it is absent.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <summary>Names the entry relative to the shared folder.</summary>
    public SharedTheoryAttribute(string relative) => Skip = SharedData.ReasonToSkip(relative)!;
}
