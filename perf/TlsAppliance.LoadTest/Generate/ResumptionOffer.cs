namespace TlsAppliance.LoadTest.Generate;

/// <summary>What a client offers to resume.</summary>
internal enum ResumptionOffer
{
    None,
    SessionId,
    Ticket,
    PreSharedKey,
}
