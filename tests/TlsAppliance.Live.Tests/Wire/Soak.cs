namespace TlsAppliance.Live.Tests.Wire;

/// <summary>How much the long tests do: a little in every run, all of it when the environment asks for it.</summary>
internal static class Soak
{
    /// <summary>TLS_APPLIANCE_SOAK is set.</summary>
    public static bool IsOn { get; } = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TLS_APPLIANCE_SOAK"));

    public static int Count(int usual, int full) => IsOn ? full : usual;
}
