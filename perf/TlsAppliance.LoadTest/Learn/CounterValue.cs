namespace TlsAppliance.LoadTest.Learn;

/// <summary>What the values of a counter are, as the runtime numbers it.</summary>
internal enum CounterValue
{
    /// <summary>There are none.</summary>
    None = 0,

    FourBytes = 1,

    EightBytes = 2,

    /// <summary>A type that was met, by its assembly-qualified name.</summary>
    Type = 3,

    /// <summary>A method that was called, by its name and its type's.</summary>
    Method = 4,
}
