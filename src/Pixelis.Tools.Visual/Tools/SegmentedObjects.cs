namespace Pixelis.Tools.Visual;

/// <summary>The objects segmented in one episode, by name; other tools take them up.</summary>
internal sealed class SegmentedObjects
{
    private readonly Dictionary<string, (int Image, SegmentedObject Object)> _objects = new(StringComparer.OrdinalIgnoreCase);

    public static SegmentedObjects Of(ToolContext context) => context.State.GetOrAdd("segmented-objects", static () => new SegmentedObjects());

    public string Add(int image, SegmentedObject found)
    {
        lock (_objects)
        {
            string name = $"obj{_objects.Count + 1}";
            _objects.Add(name, (image, found));
            return name;
        }
    }

    public (int Image, SegmentedObject Object) Find(string name)
    {
        lock (_objects)
        {
            if (_objects.TryGetValue(name.Trim(), out (int, SegmentedObject) found))
                return found;
            throw new VisualCallException(_objects.Count == 0
                ? $"There is no object '{name}': nothing was segmented yet. Call SEGMENT_OBJECT_AT first, or give a box."
                : $"There is no object '{name}'. Objects so far: {string.Join(", ", _objects.Keys)}.");
        }
    }
}
