namespace TlsAppliance.Tls.Sessions;

/// <summary>Empty lists that wait for their next session; the one given back last goes out first, for it is still in the processor's caches.</summary>
internal sealed class ListPool<T>
{
    /// <summary>More idle lists than this are left to the garbage collector.</summary>
    private const int MaximumIdle = 4096;

    private readonly Stack<List<T>> _idle = new();

    public List<T> Rent() => _idle.TryPop(out List<T>? list) ? list : [];

    /// <summary>Takes back what <see cref="Rent"/> gave, once.</summary>
    public void Return(List<T> list)
    {
        list.Clear();
        if (_idle.Count < MaximumIdle)
        {
            _idle.Push(list);
        }
    }
}
