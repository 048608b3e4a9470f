using System.Diagnostics;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>How a product is started: as a program of its own, as it is shipped, or as tls-appliance.dll by the runtime of this machine.</summary>
internal static class ApplianceCommand
{
    /// <param name="program">tls-appliance or tls-appliance.dll.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Program and arguments.</returns>
    public static string[] Of(string program, params IReadOnlyList<string> arguments) =>
        program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ["dotnet", "exec", program, .. arguments] : [program, .. arguments];

    /// <inheritdoc cref="Of"/>
    /// <returns>To be started with its standard output redirected.</returns>
    public static ProcessStartInfo ToRead(string program, params IReadOnlyList<string> arguments)
    {
        string[] command = Of(program, arguments);
        return new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
    }
}
