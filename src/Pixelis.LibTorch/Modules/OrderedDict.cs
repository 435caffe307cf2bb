using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A dictionary that keeps the order in which keys were added.</summary>
/// <typeparam name="TKey">Key.</typeparam>
/// <typeparam name="TValue">Value.</typeparam>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)>
    where TKey : notnull
{
    private readonly List<(TKey Key, TValue Value)> _list = [];
    private readonly Dictionary<TKey, TValue> _byKey = [];

    /// <summary>The entry at a place.</summary>
    public (TKey, TValue) this[int index]
    {
        get => _list[index];
        set
        {
            _byKey.Remove(_list[index].Key);
            _byKey.Add(value.Item1, value.Item2);
            _list[index] = value;
        }
    }

    /// <summary>The value of a key; setting keeps the place the key has.</summary>
    public TValue this[TKey key]
    {
        get => _byKey[key];
        set
        {
            int at = Place(key);
            _byKey[key] = value;
            if (at < 0)
                _list.Add((key, value));
            else
                _list[at] = (key, value);
        }
    }

    /// <inheritdoc cref="ICollection{T}.Count" />
    public int Count => _list.Count;

    /// <inheritdoc cref="ICollection{T}.IsReadOnly" />
    public bool IsReadOnly => false;

    /// <inheritdoc />
    public ICollection<TKey> Keys => _list.ConvertAll(entry => entry.Key);

    /// <inheritdoc />
    public ICollection<TValue> Values => _list.ConvertAll(entry => entry.Value);

    /// <summary>The keys in order.</summary>
    public IEnumerable<TKey> keys() => Keys;

    /// <summary>The values in order.</summary>
    public IEnumerable<TValue> values() => Values;

    /// <summary>The entries in order.</summary>
    public IEnumerator<(TKey, TValue)> items() => GetEnumerator();

    /// <summary>Adds a key at the end.</summary>
    public void Add(TKey key, TValue value)
    {
        _byKey.Add(key, value);
        _list.Add((key, value));
    }

    /// <inheritdoc />
    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);

    /// <inheritdoc />
    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    /// <summary>Removes everything.</summary>
    public void clear() => Clear();

    /// <inheritdoc cref="ICollection{T}.Clear" />
    public void Clear()
    {
        _byKey.Clear();
        _list.Clear();
    }

    /// <inheritdoc />
    public bool ContainsKey(TKey key) => _byKey.ContainsKey(key);

    /// <inheritdoc />
    public bool Contains((TKey, TValue) item) => _list.Contains(item);

    /// <inheritdoc />
    public bool Contains(KeyValuePair<TKey, TValue> item) => _list.Contains((item.Key, item.Value));

    /// <inheritdoc />
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _byKey.TryGetValue(key, out value);

    /// <inheritdoc />
    public bool Remove(TKey key)
    {
        int at = Place(key);
        if (at < 0)
            return false;
        RemoveAt(at);
        return true;
    }

    /// <inheritdoc />
    public bool Remove((TKey, TValue) item) => Contains(item) && Remove(item.Item1);

    /// <inheritdoc />
    public bool Remove(KeyValuePair<TKey, TValue> item) => Contains(item) && Remove(item.Key);

    /// <inheritdoc />
    public void RemoveAt(int index)
    {
        _byKey.Remove(_list[index].Key);
        _list.RemoveAt(index);
    }

    /// <inheritdoc />
    public void Insert(int index, (TKey, TValue) item)
    {
        _byKey.Add(item.Item1, item.Item2);
        _list.Insert(index, item);
    }

    /// <inheritdoc />
    public int IndexOf((TKey, TValue) item) => _list.IndexOf(item);

    /// <inheritdoc />
    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach ((TKey key, TValue value) in _list)
            array[arrayIndex++] = new KeyValuePair<TKey, TValue>(key, value);
    }

    /// <summary>The entries in order.</summary>
    public IEnumerator<(TKey, TValue)> GetEnumerator() => _list.GetEnumerator();

    /// <inheritdoc />
    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() =>
        _list.Select(entry => new KeyValuePair<TKey, TValue>(entry.Key, entry.Value)).GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Place(TKey key) =>
        _byKey.ContainsKey(key) ? _list.FindIndex(entry => EqualityComparer<TKey>.Default.Equals(entry.Key, key)) : -1;
}
