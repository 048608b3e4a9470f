using System.Diagnostics.CodeAnalysis;
using Akka.Dispatch;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>
/// Gives an actor a thread of its own that sleeps while there is nothing to do. Akka's pinned dispatcher does so too, but yields fifty times before it sleeps: where all stages share a core, each yield
/// is a change of threads in the midst of another's work.
/// </summary>
internal sealed class OwnThreadDispatcher : MessageDispatcher
{
    private readonly Queue<IRunnable> _due = new();

    /// <summary>Set when the lock is free again: a thread that is woken takes the core at once, and would have to wait for the lock.</summary>
    private readonly AutoResetEvent _somethingIsDue = new(initialState: false);
    private bool _isRunning, _isAsleep, _isOver;

    public OwnThreadDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator) => Id = configurator.Config.GetString("id");

    protected override void ExecuteTask(IRunnable run)
    {
        bool isNew, wasAsleep;
        lock (_due)
        {
            _due.Enqueue(run);
            (isNew, wasAsleep) = (!_isRunning, _isAsleep);
            (_isRunning, _isAsleep) = (true, false);
        }

        if (isNew)
        {
            new Thread(Work) { IsBackground = true, Name = Id }.Start();
        }
        else if (wasAsleep)
        {
            _somethingIsDue.Set();
        }
    }

    /// <summary>Its actor has stopped: the thread ends when it has done what it was given.</summary>
    protected override void Shutdown()
    {
        lock (_due)
        {
            _isOver = true;
        }

        _somethingIsDue.Set();
    }

    private void Work()
    {
        while (TryNext(out IRunnable? next))
        {
            if (next is null)
            {
                _somethingIsDue.WaitOne();
            }
            else
            {
                Run(next);
            }
        }
    }

    /// <summary>False: it is over. True without anything to do: a sleep is due.</summary>
    private bool TryNext(out IRunnable? next)
    {
        lock (_due)
        {
            _isAsleep = !_due.TryDequeue(out next) && !_isOver;
            _isRunning = next is not null || _isAsleep;
            return _isRunning;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "What an actor throws is its supervisor's; whatever else comes here must not end the process.")]
    private void Run(IRunnable run)
    {
        try
        {
            run.Run();
        }
        catch (Exception failure)
        {
            ReportFailure(failure);
        }
    }
}
