namespace TlsAppliance.Pipeline.Dispatch;

/// <summary>Tells the dispatcher of a live source when waiting would cost frames.</summary>
internal interface ISourcePressure
{
    /// <summary>What waits to be dispatched fills most of its room.</summary>
    bool IsPressed { get; }
}
