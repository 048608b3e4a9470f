namespace TlsAppliance.Tls.Sessions;

/// <summary>A list that a session has while something is in it. As long as nothing is, there is nothing to touch.</summary>
internal struct BorrowedList<T>
{
    /// <summary>Of the same type as the others, so that a reader's calls through the interface always meet one type.</summary>
    private static readonly List<T> s_empty = [];

    private List<T>? _items;

    public readonly IReadOnlyList<T> Items => _items ?? s_empty;

    public readonly bool IsEmpty => _items is null;

    /// <summary>The list to put something into.</summary>
    public List<T> Use(ListPool<T> pool) => _items ??= pool.Rent();

    /// <summary>Empties the list and gives it back.</summary>
    public void Clear(ListPool<T> pool)
    {
        if (_items is not null)
        {
            pool.Return(_items);
            _items = null;
        }
    }
}
