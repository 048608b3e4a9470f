using System.Runtime.InteropServices;

namespace TlsAppliance.Doctor.Readings;

/// <summary>The libpcap that a capture would use, asked for its version.</summary>
internal static class Libpcap
{
    /// <summary>Debian's name, everybody else's, and the one of development packages.</summary>
    private static readonly string[] s_names = ["libpcap.so.0.8", "libpcap.so.1", "libpcap.so"];

    /// <summary>Null when it is not installed.</summary>
    public static unsafe Version? Version()
    {
        foreach (string name in s_names)
        {
            if (NativeLibrary.TryLoad(name, out nint library) && NativeLibrary.TryGetExport(library, "pcap_lib_version", out nint function))
            {
                return Parse(Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)function)()) ?? "");
            }
        }

        return null;
    }

    /// <param name="text"><c>libpcap version 1.10.3 (with TPACKET_V3)</c></param>
    /// <exception cref="FormatException">There is no version in it.</exception>
    public static Version Parse(string text)
    {
        foreach (string word in text.Split(' '))
        {
            if (System.Version.TryParse(word, out Version? version))
            {
                return version;
            }
        }

        throw new FormatException($"no version in \"{text}\"");
    }
}
