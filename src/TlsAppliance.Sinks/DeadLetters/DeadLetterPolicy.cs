namespace TlsAppliance.Sinks.DeadLetters;

/// <summary>What dead letters do at their bound; the names are Logstash's.</summary>
public enum DeadLetterPolicy : byte
{
    /// <summary>Letters that come are dropped and counted.</summary>
    DropNewer,

    /// <summary>The oldest file is deleted and its letters are counted.</summary>
    DropOlder,
}
