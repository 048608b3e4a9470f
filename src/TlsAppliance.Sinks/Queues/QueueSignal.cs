namespace TlsAppliance.Sinks.Queues;

/// <summary>Wakes everybody who waits. To be used under the lock of its owner; those who are woken go on elsewhere.</summary>
internal sealed class QueueSignal
{
    private TaskCompletionSource? _waiting;

    /// <summary>Completes at the next <see cref="Wake"/>.</summary>
    public Task Next => (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Wake()
    {
        _waiting?.SetResult();
        _waiting = null;
    }
}
