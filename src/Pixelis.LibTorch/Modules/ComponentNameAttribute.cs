namespace TorchSharp.Utils;

/// <summary>The name under which a field is registered as a component of its module, where it is not the field's own.</summary>
public class ComponentNameAttribute : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; set; } = "";
}
