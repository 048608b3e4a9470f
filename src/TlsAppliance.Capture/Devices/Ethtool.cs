using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace TlsAppliance.Capture.Devices;

/// <summary>
/// What a driver tells about its card (<c>linux/ethtool.h</c>), by the old ioctl: it needs no privilege to read and every kernel has it. Whatever a driver
/// does not answer is null.
/// </summary>
public sealed partial class Ethtool : IDisposable
{
    private const int InternetFamily = 2; // AF_INET; any socket will do
    private const int DatagramCloseOnExec = 2 | 0x80000; // SOCK_DGRAM | SOCK_CLOEXEC
    private const nuint EthtoolRequest = 0x8946; // SIOCETHTOOL

    // struct ifreq: a name of 16 bytes, then a pointer to the command.
    private const int InterfaceNameLength = 16;
    private const int InterfaceRequestLength = 40;

    // ETHTOOL_*
    private const uint GetDriver = 0x03;
    private const uint GetRing = 0x10;
    private const uint GetStrings = 0x1b;
    private const uint GetStringCounts = 0x37;
    private const uint GetFeatures = 0x3a;
    private const uint GetChannels = 0x3c;
    private const uint GetReceiveHash = 0x46;
    private const uint GetLinkSettings = 0x4c;

    private const uint FeatureStrings = 4; // ETH_SS_FEATURES
    private const int StringLength = 32; // ETH_GSTRING_LEN
    private const int UnknownSpeed = -1; // SPEED_UNKNOWN

    private readonly int _socket;

    /// <exception cref="Win32Exception">There is no socket to be had.</exception>
    public Ethtool()
    {
        _socket = OpenSocket(InternetFamily, DatagramCloseOnExec, 0);
        if (_socket < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    public string? Driver(string device)
    {
        const int Length = 196;
        Span<byte> answer = stackalloc byte[Length];
        answer.Clear();
        return TryAsk(device, GetDriver, answer) ? ReadString(answer.Slice(sizeof(uint), StringLength)) : null;
    }

    /// <summary>Megabits per second.</summary>
    public int? Speed(string device)
    {
        const int Header = 48;
        const int WordsOffset = 15;
        const int MaximumWords = 127;
        const int MasksPerWord = 3;
        Span<byte> answer = stackalloc byte[Header + (MaximumWords * MasksPerWord * sizeof(uint))];
        answer.Clear();

        // The first call answers how many words a mask has, as a negative number; the second must repeat it.
        if (!TryAsk(device, GetLinkSettings, answer) || unchecked((sbyte)answer[WordsOffset]) is not (< 0 and sbyte words))
        {
            return null;
        }

        answer.Clear();
        answer[WordsOffset] = (byte)-words;
        if (!TryAsk(device, GetLinkSettings, answer))
        {
            return null;
        }

        int speed = MemoryMarshal.Read<int>(answer[sizeof(uint)..]);
        return speed is 0 or UnknownSpeed ? null : speed;
    }

    public RingSize? ReceiveRing(string device)
    {
        Span<uint> answer = stackalloc uint[9];
        answer.Clear();
        return TryAsk(device, GetRing, MemoryMarshal.AsBytes(answer)) && answer[1] > 0 ? new RingSize((int)answer[5], (int)answer[1]) : null;
    }

    /// <summary>Queues that receive.</summary>
    public int? ReceiveQueues(string device)
    {
        Span<uint> answer = stackalloc uint[9];
        answer.Clear();
        return TryAsk(device, GetChannels, MemoryMarshal.AsBytes(answer)) ? (int)(answer[5] + answer[8]) : null;
    }

    /// <summary>All features of the driver by name, as <c>ethtool -k</c> derives them.</summary>
    public IReadOnlyDictionary<string, DeviceFeature>? Features(string device)
    {
        const int BlockLength = 16;
        const int BitsPerBlock = 32;
        string[]? names = FeatureNames(device);
        if (names is null)
        {
            return null;
        }

        int blocks = (names.Length + BitsPerBlock - 1) / BitsPerBlock;
        byte[] answer = new byte[(2 * sizeof(uint)) + (blocks * BlockLength)];
        MemoryMarshal.Write(answer.AsSpan(sizeof(uint)), blocks);
        if (!TryAsk(device, GetFeatures, answer))
        {
            return null;
        }

        var features = new Dictionary<string, DeviceFeature>(StringComparer.Ordinal);
        for (int bit = 0; bit < names.Length; bit++)
        {
            // Words of a block: available, requested, active, never changed.
            ReadOnlySpan<uint> block = MemoryMarshal.Cast<byte, uint>(answer.AsSpan((2 * sizeof(uint)) + (bit / BitsPerBlock * BlockLength), BlockLength));
            uint mask = 1u << (bit % BitsPerBlock);
            features[names[bit]] = new DeviceFeature(IsOn: (block[2] & mask) != 0, IsFixed: (block[0] & mask) == 0 || (block[3] & mask) != 0);
        }

        return features;
    }

    /// <summary>How the card spreads frames over its queues.</summary>
    public ReceiveHash? ReceiveHash(string device)
    {
        const int Header = 28;
        const int EntriesOffset = 8;
        const int KeyLengthOffset = 12;
        const int TransformOffset = 17;
        const byte SymmetricTransforms = 0x3; // RXH_XFRM_SYM_XOR | RXH_XFRM_SYM_OR_XOR
        Span<byte> sizes = stackalloc byte[Header];
        sizes.Clear();
        if (!TryAsk(device, GetReceiveHash, sizes))
        {
            return null;
        }

        int entries = MemoryMarshal.Read<int>(sizes[EntriesOffset..]);
        int keyLength = MemoryMarshal.Read<int>(sizes[KeyLengthOffset..]);
        byte[] answer = new byte[Header + (entries * sizeof(uint)) + keyLength];
        MemoryMarshal.Write(answer.AsSpan(EntriesOffset), entries);
        MemoryMarshal.Write(answer.AsSpan(KeyLengthOffset), keyLength);
        if (!TryAsk(device, GetReceiveHash, answer))
        {
            return null;
        }

        Span<byte> table = answer.AsSpan(Header, entries * sizeof(uint));
        return new ReceiveHash(
            Key: answer[(Header + table.Length)..],
            Queues: MemoryMarshal.Cast<byte, int>(table).ToArray(),
            IsSymmetricTransform: (answer[TransformOffset] & SymmetricTransforms) != 0);
    }

    private string[]? FeatureNames(string device)
    {
        const int CountsLength = 20;
        const int MaskOffset = 8;
        const int CountOffset = 16;
        Span<byte> counts = stackalloc byte[CountsLength];
        counts.Clear();
        MemoryMarshal.Write(counts[MaskOffset..], 1UL << (int)FeatureStrings);
        if (!TryAsk(device, GetStringCounts, counts) || MemoryMarshal.Read<ulong>(counts[MaskOffset..]) == 0)
        {
            return null;
        }

        const int Header = 12;
        int count = MemoryMarshal.Read<int>(counts[CountOffset..]);
        byte[] answer = new byte[Header + (count * StringLength)];
        MemoryMarshal.Write(answer.AsSpan(sizeof(uint)), FeatureStrings);
        MemoryMarshal.Write(answer.AsSpan(2 * sizeof(uint)), count);
        return TryAsk(device, GetStrings, answer)
            ? [.. Enumerable.Range(0, count).Select(index => ReadString(answer.AsSpan(Header + (index * StringLength), StringLength)))]
            : null;
    }

    /// <param name="device">Name of the interface.</param>
    /// <param name="command">Which answer.</param>
    /// <param name="data">What the command takes, and the room for its answer; the command's number is written to its start.</param>
    private unsafe bool TryAsk(string device, uint command, Span<byte> data)
    {
        if (Encoding.UTF8.GetByteCount(device) >= InterfaceNameLength)
        {
            return false;
        }

        MemoryMarshal.Write(data, command);
        Span<byte> request = stackalloc byte[InterfaceRequestLength];
        request.Clear();
        Encoding.UTF8.GetBytes(device, request);
        fixed (byte* pinned = data)
        {
            MemoryMarshal.Write(request[InterfaceNameLength..], (nint)pinned);
            return Control(_socket, EthtoolRequest, ref MemoryMarshal.GetReference(request)) == 0;
        }
    }

    private static string ReadString(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? text : text[..end]);
    }

    public void Dispose() => _ = Close(_socket);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request, ref byte argument);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
