namespace TlsAppliance.Sessions;

/// <summary>Shows in the end something of the events that it took.</summary>
internal interface ISessionView : ISessionIntake
{
    /// <returns>The process's exit code.</returns>
    int Show();
}
