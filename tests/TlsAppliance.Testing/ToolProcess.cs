using System.Diagnostics;
using System.Text;

namespace TlsAppliance.Testing;

/// <summary>Runs a program to its end and keeps what it printed.</summary>
public sealed record ToolProcess(int ExitCode, string Output, string Errors)
{
    /// <summary>Both streams, for the message of a failed assertion.</summary>
    public string Everything => Output + Environment.NewLine + Errors;

    /// <summary>The appliance's command line, as built beside the tests.</summary>
    public static ToolProcess Appliance(IEnumerable<string> arguments, byte[]? input = null, string? folder = null) =>
        Run(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll"), .. arguments], input, folder);

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
