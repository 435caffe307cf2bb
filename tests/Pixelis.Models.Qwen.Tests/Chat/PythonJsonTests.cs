using System.Text.Json;
using Pixelis.Models.Qwen.Chat;

namespace Pixelis.Models.Qwen.Tests.Chat;

public class PythonJsonTests
{
    [Theory] // right: json.dumps(json.loads(left), ensure_ascii=False)
    [InlineData("""{"b":1,"a":[1,2],"c":{}}""", """{"b": 1, "a": [1, 2], "c": {}}""")]
    [InlineData("""[true,false,null,"",[]]""", """[true, false, null, "", []]""")]
    [InlineData("""{"a":1,"b":2,"a":3}""", """{"a": 3, "b": 2}""")]
    [InlineData("\"\\u00e9\\u4e2d\\/<&'\\u007f\"", "\"\u00e9\u4e2d/<&'\u007f\"")]
    [InlineData("\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\\\\\"\"", "\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\\\\\"\"")]
    [InlineData("[0,-0,-7,123456789012345678901234567890]", "[0, 0, -7, 123456789012345678901234567890]")]
    [InlineData("[1.0,-0.0,0.5,0.1,100.25,1e2,1E+2,12.50]", "[1.0, -0.0, 0.5, 0.1, 100.25, 100.0, 100.0, 12.5]")]
    [InlineData("[1e15,1e16,1.5e16,123456789012345680.0,9999999999999998.0]", "[1000000000000000.0, 1e+16, 1.5e+16, 1.2345678901234568e+17, 9999999999999998.0]")]
    [InlineData("[0.0001,0.00012,0.00001,1.25e-7,5e-324,1e-100]", "[0.0001, 0.00012, 1e-05, 1.25e-07, 5e-324, 1e-100]")]
    [InlineData("[1.7976931348623157e308,1e999,-1e999]", "[1.7976931348623157e+308, Infinity, -Infinity]")]
    public void Json_is_spelled_as_Python_does(string json, string expected) =>
        Assert.Equal(expected, PythonJson.Write(JsonDocument.Parse(json).RootElement));
}
