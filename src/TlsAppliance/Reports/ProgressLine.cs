using System.Globalization;

namespace TlsAppliance.Reports;

/// <summary>One line of progress: how far, how fast now, what was found, how long it will take. Rates are those since the sample before.</summary>
internal static class ProgressLine
{
    private const int ShortestBar = 5;
    private const int LongestBar = 50;
    private const string Separator = "  ";

    private static readonly string[] s_units = ["", "k", "M", "G", "T"];

    /// <summary>For a terminal of this width: with a bar when the end is known and there is room; never longer than the width.</summary>
    public static string ForTerminal(in ProgressSample sample, in ProgressSample before, ProgressBounds bounds, int width)
    {
        double? part = Part(sample, bounds);
        string text = string.Join(Separator, Words(sample, before, part));
        int bar = Math.Min(width - text.Length - Separator.Length - 2, LongestBar);
        if (part is { } known && bar >= ShortestBar)
        {
            text = Bar(known, bar) + Separator + text;
        }

        return text.Length <= width ? text : text[..Math.Max(width, 0)];
    }

    /// <summary>For a log.</summary>
    public static string ForLog(in ProgressSample sample, in ProgressSample before, ProgressBounds bounds) =>
        "tls-appliance: " + string.Join(", ", Words(sample, before, Part(sample, bounds)));

    /// <summary>0 to 1, by whichever bound is nearest; null when nothing ends it.</summary>
    private static double? Part(in ProgressSample sample, ProgressBounds bounds)
    {
        double part = sample.BytesTotal > 0 ? (double)sample.BytesRead / sample.BytesTotal : -1;
        part = bounds.Duration > TimeSpan.Zero ? Math.Max(part, sample.Elapsed / bounds.Duration) : part;
        part = bounds.Frames > 0 ? Math.Max(part, (double)sample.Frames / bounds.Frames) : part;
        return part < 0 ? null : Math.Min(part, 1);
    }

    private static IEnumerable<string> Words(ProgressSample sample, ProgressSample before, double? part)
    {
        double seconds = Math.Max((sample.Elapsed - before.Elapsed).TotalSeconds, 1e-6);
        yield return part is { } known ? Format($"{Math.Floor(known * 100)} %") : ByteCount.Text(sample.BytesRead);
        yield return Short((sample.Frames - before.Frames) / seconds) + " frames/s";
        yield return Format($"{(sample.WireBytes - before.WireBytes) * 8 / seconds / 1e9:0.00} Gbit/s");
        yield return Short(sample.Sessions) + " sessions";
        yield return Short(sample.Drops) + " drops";
        yield return part is > 0 ? Clock(sample.Elapsed * ((1 - part.Value) / part.Value)) + " left" : Clock(sample.Elapsed);
    }

    private static string Bar(double part, int length)
    {
        int done = (int)(part * length);
        return "[" + new string('=', done) + (done < length ? ">" + new string(' ', length - done - 1) : "") + "]";
    }

    /// <summary>Three digits and a unit: <c>1.23M</c>.</summary>
    private static string Short(double count)
    {
        int unit = 0;
        while (count >= 999.5 && unit < s_units.Length - 1)
        {
            count /= 1000;
            unit++;
        }

        string digits = count < 9.995 && unit > 0 ? "0.00" : count < 99.95 && unit > 0 ? "0.0" : "0";
        return count.ToString(digits, CultureInfo.InvariantCulture) + s_units[unit];
    }

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? Format($"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : Format($"{time.Minutes}:{time.Seconds:00}");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
