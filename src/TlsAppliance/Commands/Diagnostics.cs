using TlsAppliance.Capture.Inputs;
using TlsAppliance.Configuration;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Commands;

/// <summary>Errors and warnings for a person: one line each on the standard error, fit for a terminal.</summary>
internal static class Diagnostics
{
    private const string Program = "tls-appliance: ";

    public static void Error(string message) => Text(Program + Printable.Text(message) + Environment.NewLine);

    /// <summary>Nobody can be told when the standard error is closed or full: the exit code must do.</summary>
    public static void Text(string text)
    {
        try
        {
            Console.Error.Write(text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }

    public static void Warning(string message) => Error("warning: " + message);

    /// <summary>What was asked for cannot be done.</summary>
    /// <returns>The process's exit code.</returns>
    public static int Refuse(string reason)
    {
        Error(reason);
        return ExitCode.Usage;
    }

    /// <summary>All problems at once, so that a file is mended in one go.</summary>
    /// <param name="quiet">Notices are left out.</param>
    public static void Write(ConfigurationLoader configuration, bool quiet)
    {
        foreach (ConfigurationProblem notice in quiet ? [] : configuration.Notices)
        {
            Error(notice.ToString());
        }

        foreach (ConfigurationProblem warning in configuration.Warnings)
        {
            Warning(warning.ToString());
        }

        foreach (ConfigurationProblem error in configuration.Errors)
        {
            Error(error.ToString());
        }
    }

    /// <summary>Nothing to replay: says why, argument by argument.</summary>
    /// <returns>The process's exit code.</returns>
    public static int NoCaptures(IReadOnlyList<string> arguments, CaptureInputs inputs)
    {
        foreach (CaptureFault fault in inputs.Faults)
        {
            Write(fault);
        }

        foreach (string argument in arguments.Where(argument => inputs.Faults.All(fault => fault.Path != argument)))
        {
            Error($"no captures in {argument}");
        }

        return ExitCode.BadInput;
    }

    public static void Write(CaptureFault fault) => Error(Describe(fault));

    public static string Describe(CaptureFault fault) => fault.Offset < 0
        ? $"cannot read {fault.Path}: {fault.Reason}"
        : $"{fault.Path}: damaged at byte {fault.Offset}: {fault.Reason}; everything before was read";
}
