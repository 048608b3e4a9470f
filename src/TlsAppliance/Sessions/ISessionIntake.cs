namespace TlsAppliance.Sessions;

/// <summary>Takes event documents.</summary>
internal interface ISessionIntake
{
    /// <summary>False: the document is no event.</summary>
    /// <param name="document">Only to be used during the call.</param>
    /// <param name="time">When its session began, ns since 1970; null: not known apart from the document.</param>
    bool Take(ReadOnlyMemory<byte> document, long? time);
}
