using Pixelis.Tools;
using Pixelis.Tools.Visual;

namespace Pixelis.Rewards.Tests.Reading;

public class ToolNamesTests
{
    [Fact]
    public void Every_visual_tool_is_known_by_all_its_names()
    {
        ITool[] tools = [new ZoomTool(), new SelectFramesTool(), new SegmentTool(), new PropertiesTool(), new ReadTextTool(), new TrackTool()];
        foreach (ITool tool in tools)
        {
            Assert.Equal(tool.Definition.Name, ToolNames.Of(tool.Definition.Name));
            Assert.All(tool.Aliases, alias => Assert.Equal(tool.Definition.Name, ToolNames.Of(alias)));
        }
    }

    [Theory]
    [InlineData(" my_tool ", "MY_TOOL")]
    [InlineData("", "")]
    public void Other_names_stay_themselves(string name, string expected) => Assert.Equal(expected, ToolNames.Of(name));
}
