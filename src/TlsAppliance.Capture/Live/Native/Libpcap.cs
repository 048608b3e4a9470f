using System.Reflection;
using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>What SharpPcap has not, or has wrong, on a handle of libpcap that it opened.</summary>
internal static unsafe partial class Libpcap
{
    private const string Library = "pcap";

    /// <summary>Debian calls it by its old number, others by the library's own.</summary>
    private static readonly string[] s_names = ["libpcap.so.0.8", "libpcap.so.1", "libpcap.so"];

    [LibraryImport(Library, EntryPoint = "pcap_next_ex")]
    public static partial int Next(nint handle, PcapFrameHeader** header, byte** bytes);

    [LibraryImport(Library, EntryPoint = "pcap_stats")]
    public static partial int Statistics(nint handle, PcapCounters* statistics);

    [LibraryImport(Library, EntryPoint = "pcap_fileno")]
    public static partial int Descriptor(nint handle);

    [LibraryImport(Library, EntryPoint = "pcap_setdirection")]
    public static partial int SetDirection(nint handle, int direction);

    [LibraryImport(Library, EntryPoint = "pcap_geterr")]
    public static partial nint LastError(nint handle);

    static Libpcap() => NativeLibrary.SetDllImportResolver(typeof(Libpcap).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name == Library)
        {
            foreach (string candidate in s_names)
            {
                if (NativeLibrary.TryLoad(candidate, out nint library))
                {
                    return library;
                }
            }
        }

        return 0;
    }
}
