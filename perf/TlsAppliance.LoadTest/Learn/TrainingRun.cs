using System.Diagnostics;
using System.Globalization;
using TlsAppliance.LoadTest.Generate;

namespace TlsAppliance.LoadTest.Learn;

/// <summary>One replay of small loads by the built product, all of whose code counts what it does.</summary>
internal static class TrainingRun
{
    private const ulong Seed = 7;

    // Enough for each path of the engine to be taken often; all code is slow here.
    private static readonly (LoadProfile Profile, long Bytes)[] Loads =
        [(LoadProfile.HandshakeStorm, 40_000_000), (LoadProfile.EnterpriseMix, 60_000_000), (LoadProfile.Bulk, 40_000_000)];

    private static readonly (string Name, string Value)[] Settings =
    [
        // Everything is compiled here, with counters from its first call on, exact ones, and is never replaced.
        ("DOTNET_ReadyToRun", "0"), ("DOTNET_TieredPGO", "1"), ("DOTNET_TieredPGO_InstrumentOnlyHotCode", "0"), ("DOTNET_TC_CallCounting", "0"), ("DOTNET_OSR_HitLimit", "7fffffff"),
        ("DOTNET_JitScalableProfiling", "0"), ("DOTNET_JitInterlockedProfiling", "1"), ("DOTNET_WritePGOData", "1"),
    ];

    /// <param name="program">tls-appliance.dll.</param>
    /// <param name="folder">For loads and profile.</param>
    /// <returns>Path of what the runtime wrote.</returns>
    /// <exception cref="InvalidOperationException">The run failed, or left no profile; the message has what it printed.</exception>
    public static string Run(string program, string folder)
    {
        string[] captures = [.. Loads.Select((load, index) => Generate(load.Profile, load.Bytes, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{index}.pcap"))))];
        string profile = Path.Combine(folder, "profile.txt");
        var start = new ProcessStartInfo("dotnet", ["exec", program, "replay", .. captures, "--quiet", "-o", "none", "--shards", "1"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in Settings.Append(("DOTNET_PGODataPath", profile)))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        string text = errors.GetAwaiter().GetResult();
        return process.ExitCode == 0 && File.Exists(profile) ? profile : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {text}");
    }

    private static string Generate(LoadProfile profile, long bytes, string path)
    {
        new LoadGenerator(new LoadOptions { Profile = profile, Output = path, Size = bytes, Seed = Seed }).Run();
        return path;
    }
}
