namespace TlsAppliance.Configuration;

/// <summary>
/// <c>packetbeat.interfaces</c>, a section or a list of sections. What is set outside of a list goes for every item; an item begins with what was set before it.
/// </summary>
internal sealed class InterfaceList
{
    private readonly List<InterfaceOptions> _items = [new()];
    private bool _isListed;
    private bool _isInItem;

    public IReadOnlyList<InterfaceOptions> Items => _items;

    /// <summary>The item that is being read, or the first one.</summary>
    public InterfaceOptions Current => _isInItem ? _items[^1] : _items[0];

    /// <summary>The next item of a list begins. The first one of a list replaces what there was.</summary>
    public void BeginItem()
    {
        if (_isListed)
        {
            _items.Add(_items[0] with { Device = new InterfaceOptions().Device, Filter = string.Empty });
        }

        (_isListed, _isInItem) = (true, true);
    }

    public void EndList() => _isInItem = false;

    public void Change(Func<InterfaceOptions, InterfaceOptions> change)
    {
        for (int item = _isInItem ? _items.Count - 1 : 0; item < _items.Count; item++)
        {
            _items[item] = change(_items[item]);
        }
    }

    /// <summary>These interfaces and no others; one that is in the list keeps what is set there.</summary>
    public void Choose(IReadOnlyList<string> devices)
    {
        InterfaceOptions[] chosen = [.. devices.Distinct(StringComparer.Ordinal).Select(
            device => _items.Find(item => item.Device == device) ?? _items[0] with { Device = device })];
        _items.Clear();
        _items.AddRange(chosen);
    }
}
