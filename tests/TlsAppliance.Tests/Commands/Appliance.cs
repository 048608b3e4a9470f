using System.Diagnostics;
using System.Text;

namespace TlsAppliance.Tests.Commands;

/// <summary>The built program, run as a user would.</summary>
internal static class Appliance
{
    private const int TimeoutMilliseconds = 60_000;

    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll");

    public static Outcome Run(string directory, params string[] arguments) => Run(directory, input: null, [], arguments);

    public static Outcome Run(string directory, byte[]? input, (string Name, string Value)[] environment, params string[] arguments) =>
        End(Start(directory, environment, arguments), input);

    private static Outcome End(Process started, byte[]? input)
    {
        using Process process = started;
        Task<byte[]> output = ReadAll(process.StandardOutput.BaseStream);
        Task<byte[]> error = ReadAll(process.StandardError.BaseStream);
        if (input is not null)
        {
            process.StandardInput.BaseStream.Write(input);
        }

        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeoutMilliseconds), "the program did not end");
        return new Outcome(process.ExitCode, Encoding.UTF8.GetString(output.Result), Encoding.UTF8.GetString(error.Result));
    }

    /// <summary>With a redirection as a shell does it.</summary>
    public static Outcome RunInShell(string directory, string redirection, string[] arguments) =>
        End(Start(directory, [], "sh", ["-c", $"exec dotnet \"$0\" \"$@\" {redirection}", s_program, .. arguments]), input: null);

    public static Process Start(string directory, (string Name, string Value)[] environment, params string[] arguments) =>
        Start(directory, environment, "dotnet", [s_program, .. arguments]);

    private static Process Start(string directory, (string Name, string Value)[] environment, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What a terminal or a service manager around the tests leaves to its children.
        foreach (string name in (string[])["COLUMNS", "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"])
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<byte[]> ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    /// <summary>How a run ended.</summary>
    internal sealed record Outcome(int ExitCode, string Output, string Error);
}
