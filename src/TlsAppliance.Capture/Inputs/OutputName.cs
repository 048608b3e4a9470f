using System.Globalization;
using System.Text;

namespace TlsAppliance.Capture.Inputs;

/// <summary>One file name for each input, for outputs that are kept apart by input.</summary>
internal static class OutputName
{
    private const string Separator = "__";

    /// <summary>File systems allow 255 bytes; this leaves room for what the writer appends.</summary>
    private const int MaximumLength = 224;

    /// <summary><c>a__b__c.pcap</c> for <c>a/b/c.pcap</c>. One that is taken already gets <c>~2</c>, <c>~3</c> … at its end.</summary>
    public static string For(string relativePath, HashSet<string> taken)
    {
        string name = Shorten(relativePath.Replace("/", Separator, StringComparison.Ordinal));
        string unique = name;
        for (int copy = 2; !taken.Add(unique); copy++)
        {
            unique = name + "~" + copy.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    /// <summary>The end of a path tells more than its beginning.</summary>
    private static string Shorten(string name)
    {
        while (Encoding.UTF8.GetByteCount(name) > MaximumLength)
        {
            int excess = Encoding.UTF8.GetByteCount(name) - MaximumLength;
            name = name[Math.Max(1, excess / 4)..];
        }

        return name;
    }
}
