namespace TlsAppliance.Logs;

/// <summary>Where lines go. Called by one thread at a time.</summary>
internal interface ILogTarget : IDisposable
{
    void Write(string line);

    /// <summary>Lets go of files, so that somebody else may move them; the next line opens them again.</summary>
    void Reopen();
}
