namespace TlsAppliance.Sessions.Query;

/// <summary>A question that cannot be understood; the message is one line for the person who asked.</summary>
internal sealed class QueryException(string message) : Exception(message);
