using System.Globalization;
using System.Runtime.InteropServices;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>
/// Takes memory, writes to each page, and gives it back. A virtual machine may get a page from its host only when it is touched, and whoever touches it first pays several microseconds for it: in a run
/// of two seconds that would be most of what it costs to write a file. A box that has been up for a day has touched all of its memory.
/// </summary>
internal static unsafe class FreshMemory
{
    private const int PageBytes = 4096;

    /// <summary>Most of what is free: who writes a file is given pages from anywhere.</summary>
    public static void TouchMost()
    {
        const string Mark = "MemAvailable:";
        string line = File.ReadLines("/proc/meminfo").First(one => one.StartsWith(Mark, StringComparison.Ordinal));
        long kibibytes = long.Parse(line[Mark.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        Touch(kibibytes * 1024 / 4 * 3);
    }

    public static void Touch(long bytes)
    {
        var memory = (byte*)NativeMemory.Alloc((nuint)bytes);
        for (long page = 0; page < bytes; page += PageBytes)
        {
            memory[page] = 1;
        }

        NativeMemory.Free(memory);
    }
}
