namespace TlsAppliance.Tls.Sessions;

/// <summary>
/// A list that its pooled owner makes when it first needs it and uses again for later sessions. As long as a session has put nothing into it, it is not touched: it lies
/// somewhere else than its owner, and no longer in the processor's caches.
/// </summary>
internal struct ReusedList<T>
{
    /// <summary>Of the same type as the others, so that a reader's calls through the interface always meet one type.</summary>
    private static readonly List<T> Empty = [];

    private List<T>? _items;
    private bool _isUsed;

    public readonly IReadOnlyList<T> Items => _isUsed ? _items! : Empty;

    public readonly bool IsEmpty => !_isUsed || _items!.Count == 0;

    /// <summary>The list to put something into.</summary>
    public List<T> Use()
    {
        _isUsed = true;
        return _items ??= [];
    }

    public void Clear()
    {
        if (_isUsed)
        {
            _items!.Clear();
            _isUsed = false;
        }
    }
}
