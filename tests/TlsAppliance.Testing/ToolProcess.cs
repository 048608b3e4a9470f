using System.Diagnostics;
using System.Text;

namespace TlsAppliance.Testing;

/// <summary>Runs a program to its end and keeps what it printed.</summary>
public sealed record ToolProcess(int ExitCode, string Output, string Errors)
{
    private static readonly string s_host = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
    private static readonly string[] s_program = ["exec", Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll")];

    /// <summary>Both streams, for the message of a failed assertion.</summary>
    public string Everything => Output + Environment.NewLine + Errors;

    /// <summary>The appliance's command line, as built beside the tests.</summary>
    public static ToolProcess Appliance(IEnumerable<string> arguments, byte[]? input = null, string? folder = null) =>
        Run(s_host, [.. s_program, .. arguments], input, folder);

    /// <summary>The same, running; its streams are those of the tests.</summary>
    public static Process StartAppliance(IEnumerable<string> arguments, string folder) =>
        Process.Start(new ProcessStartInfo(s_host, [.. s_program, .. arguments]) { WorkingDirectory = folder }) ?? throw new InvalidOperationException(s_host + " did not start");

    public static ToolProcess Run(string program, IEnumerable<string> arguments, byte[]? input = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? "",
        };
        start.Environment["NO_COLOR"] = "1";

        // Tools speak English here, and none complains of a locale that is not installed.
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment.Remove("COLUMNS");
        using Process process = Process.Start(start) ?? throw new InvalidOperationException(program + " did not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.BaseStream.Write(input);
        }

        process.StandardInput.Close();
        process.WaitForExit();
        return new ToolProcess(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
