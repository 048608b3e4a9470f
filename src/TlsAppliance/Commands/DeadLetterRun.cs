using System.Globalization;
using System.Text.Json.Nodes;
using TlsAppliance.Configuration;
using TlsAppliance.Outputs;
using TlsAppliance.Reports;
using TlsAppliance.Sinks;
using TlsAppliance.Sinks.DeadLetters;

namespace TlsAppliance.Commands;

/// <summary>One <c>replay --dead-letters</c>: events that a server refused are sent again, when it is mended.</summary>
internal sealed class DeadLetterRun(ReplayArguments arguments, ApplianceOptions options)
{
    private readonly List<string> _missing = [];
    private int _kept;

    /// <returns>The process's exit code.</returns>
    public static int Execute(ReplayArguments arguments) => OutputFailures.Guard(() =>
        ConfiguredOptions.TryLoad(arguments.Configuration, out ApplianceOptions options)
            ? new DeadLetterRun(arguments, options).Run()
            : ExitCode.BadConfiguration);

    private int Run()
    {
        using var signals = StopSignals.Listen();
        using DataDirectory directory = DataDirectory.Take(options.DataPath, ReplayRun.DataRole);
        using var sender = new DeadLetterSender(options, directory, TimeProvider.System);

        // What is refused again goes to other files: those are not sent a third time.
        string[] files = [.. arguments.Inputs.SelectMany(Files)];
        var total = new DeadLetterOutcome();
        foreach (string file in files.TakeWhile(_ => total.Left == 0 && !signals.Token.IsCancellationRequested))
        {
            total += Send(sender, file, signals.Token);
        }

        Tell(total, files.Length, sender.RefusedPath);
        return total.Left > 0 && !signals.Token.IsCancellationRequested ? ExitCode.Unreachable
            : _missing.Count > 0 || total.Unreadable > 0 ? ExitCode.BadInput
            : arguments.Strict && total.Refused > 0 ? ExitCode.Loss
            : ExitCode.Done;
    }

    private IEnumerable<string> Files(string input)
    {
        if (Directory.Exists(input))
        {
            return DeadLetterReader.Files(input);
        }

        if (File.Exists(input))
        {
            return [input];
        }

        _missing.Add(input);
        Diagnostics.Error($"cannot read {input}: there is no such file or directory");
        return [];
    }

    private DeadLetterOutcome Send(DeadLetterSender sender, string file, CancellationToken stop)
    {
        try
        {
            DeadLetterOutcome outcome = sender.Send(file, arguments.Wait, stop);
            _kept += outcome.IsComplete ? 0 : 1;
            if (outcome.Unreadable > 0)
            {
                Diagnostics.Warning(FormattableString.Invariant($"{file}: {outcome.Unreadable:N0} lines are no dead letters; the file stays"));
            }

            return outcome;
        }
        catch (OutputException failure)
        {
            _kept++;
            _missing.Add(file);
            Diagnostics.Error($"{file} is left alone: {failure.InnerException?.Message ?? failure.Message}");
            return default;
        }
    }

    private void Tell(DeadLetterOutcome total, int files, string refusedPath)
    {
        if (arguments.Json)
        {
            StandardOutput.Write(Json(total, files, refusedPath) + Environment.NewLine);
        }
        else if (!arguments.Quiet)
        {
            Diagnostics.Text(string.Create(
                CultureInfo.InvariantCulture,
                $"dead letters    {total.Sent:N0} of {files:N0} files: {total.Indexed:N0} indexed, {total.Duplicate:N0} there already, {total.Refused:N0} refused again{(total.Refused > 0 ? ", in " + Printable.Text(refusedPath) : "")}{Environment.NewLine}"));
        }

        if (total.Left > 0)
        {
            Diagnostics.Error(FormattableString.Invariant($"{total.Left:N0} dead letters did not arrive; they stay where they are ({total.Problem})"));
        }
    }

    private string Json(DeadLetterOutcome total, int files, string refusedPath) => new JsonObject
    {
        ["files"] = files,
        ["kept_files"] = _kept,
        ["sent"] = total.Sent,
        ["indexed"] = total.Indexed,
        ["duplicate"] = total.Duplicate,
        ["refused"] = total.Refused,
        ["left"] = total.Left,
        ["unreadable"] = total.Unreadable,
        ["problem"] = total.Problem,
        ["dead_letters"] = refusedPath,
    }.ToJsonString();
}
