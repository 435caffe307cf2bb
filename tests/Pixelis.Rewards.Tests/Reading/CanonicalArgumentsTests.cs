using System.Text.Json;

namespace Pixelis.Rewards.Tests.Reading;

public class CanonicalArgumentsTests
{
    [Theory]
    [InlineData("""{"a": 1, "b": [2.0, 3]}""", """{ "b":[2,3.00] ,"a":1e0}""")]
    [InlineData("""{"a": "A\u00e9"}""", """{"a": "\u0041é"}""")]
    [InlineData("""{"a": 1, "a": 2}""", """{"a": 2}""")]
    [InlineData("""{"A": "1.0"}""", """{"a": 1}""")]
    public void Spelling_does_not_count(string one, string other) =>
        Assert.Equal(CanonicalArguments.Of(JsonElement.Parse(one)), CanonicalArguments.Of(JsonElement.Parse(other)));

    [Theory]
    [InlineData("""{"a": "obj1"}""", """{"a": "OBJ1"}""")]
    [InlineData("""{"a": [1, 2]}""", """{"a": [2, 1]}""")]
    [InlineData("""{"a": true}""", """{"a": false}""")]
    [InlineData("""{"a": null}""", """{}""")]
    public void Everything_else_does(string one, string other) =>
        Assert.NotEqual(CanonicalArguments.Of(JsonElement.Parse(one)), CanonicalArguments.Of(JsonElement.Parse(other)));

    [Fact]
    public void No_arguments_are_an_empty_object() => Assert.Equal("{}", CanonicalArguments.Of(default));

    [Fact]
    public void Half_a_character_is_kept_as_written() => Assert.Equal("""{"a": "\ud800"}""", CanonicalArguments.Of(JsonElement.Parse("""{"a": "\ud800"}""")));
}
