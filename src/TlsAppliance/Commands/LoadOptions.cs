using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TlsAppliance.Capture.Pacing;
using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Commands;

/// <summary>The options that make a replay a load test, in tcpreplay's words, and what may not be combined.</summary>
internal sealed class LoadOptions
{
    private const double MaximumRate = 1e9;

    private static readonly DurationFormat s_duration = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(365));

    private readonly Option<bool> _topSpeed = new("--top-speed", "-t") { Description = "As fast as the engine takes it (default)." };
    private readonly Option<bool> _realTime = new("--realtime") { Description = "At the capture's own times; the same as -x 1." };
    private readonly Option<string> _multiplier = Number("--multiplier", "The capture's own times, so many times faster.", "-x");
    private readonly Option<string> _framesPerSecond = Number("--pps", "Frames per second.");
    private readonly Option<string> _megabits = Number("--mbps", "Megabits on the wire per second.");
    private readonly Option<string> _loops = Count("--loop", "How often; 0: without end. Each time ends like the end of a file.", 0, int.MaxValue, "-l");
    private readonly Option<bool> _uniqueFlows = new("--unique-flows") { Description = "With --loop: each time has addresses, and so events, of its own." };
    private readonly Option<bool> _preload = new("--preload") { Description = "Read everything into memory before the clock starts; with it a pipe can be looped." };
    private readonly Option<string> _duration = new("--duration") { Description = "End after this time, such as 10s or 1m30s.", HelpName = "TIME" };
    private readonly Option<string> _limit = Count("--limit", "End after so many frames.", 1, long.MaxValue);

    public LoadOptions()
    {
        _duration.Validators.Add(result => Check(result, text => s_duration.TryParse(text, out _), s_duration.Expected));
    }

    private IReadOnlyList<Option> Speeds => [_topSpeed, _realTime, _multiplier, _framesPerSecond, _megabits];

    private IReadOnlyList<Option> Others => [_loops, _uniqueFlows, _preload, _duration, _limit];

    /// <param name="command">Takes the options.</param>
    /// <param name="perFile">An option that goes with none of them, if there is one.</param>
    public void AddTo(Command command, Option<string>? perFile = null)
    {
        foreach (Option option in Speeds.Concat(Others))
        {
            command.Add(option);
        }

        command.Validators.Add(result => CheckTogether(result, perFile));
    }

    public LoadArguments Read(ParseResult result)
    {
        (PacingMode mode, double rate) = ReadSpeed(result);
        return new LoadArguments
        {
            Mode = mode,
            Rate = rate,
            Loops = result.GetValue(_loops) is { } loops ? int.Parse(loops, CultureInfo.InvariantCulture) : 1,
            UniqueFlows = result.GetValue(_uniqueFlows),
            Preload = result.GetValue(_preload),
            Duration = result.GetValue(_duration) is { } duration && s_duration.TryParse(duration, out TimeSpan time) ? time : TimeSpan.Zero,
            Limit = result.GetValue(_limit) is { } limit ? long.Parse(limit, CultureInfo.InvariantCulture) : 0,
        };
    }

    private (PacingMode Mode, double Rate) ReadSpeed(ParseResult result)
    {
        if (result.GetValue(_realTime))
        {
            return (PacingMode.Multiplier, 1);
        }

        (Option<string> Option, PacingMode Mode)[] rates =
            [(_multiplier, PacingMode.Multiplier), (_framesPerSecond, PacingMode.FramesPerSecond), (_megabits, PacingMode.MegabitsPerSecond)];
        foreach ((Option<string> option, PacingMode mode) in rates)
        {
            if (result.GetValue(option) is { } rate)
            {
                return (mode, double.Parse(rate, CultureInfo.InvariantCulture));
            }
        }

        return (PacingMode.TopSpeed, 1);
    }

    private void CheckTogether(CommandResult result, Option<string>? perFile)
    {
        string[] speeds = [.. Speeds.Where(option => IsGiven(result, option)).Select(option => option.Name)];
        if (speeds.Length > 1)
        {
            result.AddError($"{speeds[0]} and {speeds[1]} cannot be combined: a replay has one speed");
        }

        string[] all = [.. speeds, .. Others.Where(option => IsGiven(result, option)).Select(option => option.Name)];
        if (all.Length > 0 && perFile is not null && IsGiven(result, perFile))
        {
            result.AddError($"--per-file takes each capture once and as fast as it can; it cannot be combined with {all[0]}");
        }

        if (IsGiven(result, _uniqueFlows) && !IsGiven(result, _loops))
        {
            result.AddError("--unique-flows tells the loops apart; it goes with --loop only");
        }
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static Option<string> Number(string name, string description, params string[] aliases)
    {
        var option = new Option<string>(name, aliases) { Description = description, HelpName = "N" };
        option.Validators.Add(result => Check(
            result,
            text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= MaximumRate,
            "a number above 0"));
        return option;
    }

    private static Option<string> Count(string name, string description, long minimum, long maximum, params string[] aliases)
    {
        var option = new Option<string>(name, aliases) { Description = description, HelpName = "N" };
        option.Validators.Add(result => Check(
            result,
            text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum,
            FormattableString.Invariant($"a whole number from {minimum}")));
        return option;
    }

    private static void Check(OptionResult result, Func<string, bool> isRight, string expected)
    {
        if (result.Tokens.Count == 1 && !isRight(result.Tokens[0].Value))
        {
            result.AddError($"{result.Option.Name}: expected {expected}, found \"{result.Tokens[0].Value}\"");
        }
    }
}
