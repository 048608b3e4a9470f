namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>The process ends here: nobody may catch it.</summary>
internal sealed class PowerCut : Exception;
