using System.Buffers.Binary;

namespace TlsAppliance.Live.Tests.Wire;

/// <summary>Frames that can be told apart.</summary>
internal static class Sample
{
    private const int EthernetLength = 14;
    private const int Number = EthernetLength + 20 + 8;

    /// <summary>UDP over IPv4 with a number in it.</summary>
    public static byte[] Frame(int number, int length = 128)
    {
        byte[] frame = Tcp(source: number, destination: number >> 8, fromClient: true, length);
        frame[EthernetLength + 9] = 17;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(Number), number);
        return frame;
    }

    public static int NumberOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32BigEndian(frame[Number..]);

    /// <summary>The same with tags before the type.</summary>
    public static byte[] Tagged(byte[] frame, params (ushort Protocol, ushort Tag)[] tags)
    {
        var tagged = new List<byte>(frame[..12]);
        foreach ((ushort protocol, ushort tag) in tags)
        {
            tagged.AddRange([(byte)(protocol >> 8), (byte)protocol, (byte)(tag >> 8), (byte)tag]);
        }

        tagged.AddRange(frame[12..]);
        return [.. tagged];
    }

    /// <summary>A TCP segment of a connection that is told by two numbers.</summary>
    public static byte[] Tcp(int source, int destination, bool fromClient, int length = 64, ushort serverPort = 443)
    {
        byte[] frame = new byte[length];
        frame[5] = 1;
        frame[11] = 2;
        frame[12] = 8;
        Span<byte> ip = frame.AsSpan(EthernetLength);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(length - EthernetLength));
        (ip[8], ip[9]) = (64, 6);
        uint client = 0x0A000000u | (uint)(source & 0xFFFF), server = 0xC0A80000u | (uint)(destination & 0xFF);
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], fromClient ? client : server);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], fromClient ? server : client);
        ushort clientPort = (ushort)(1024 + source % 60_000);
        BinaryPrimitives.WriteUInt16BigEndian(ip[20..], fromClient ? clientPort : serverPort);
        BinaryPrimitives.WriteUInt16BigEndian(ip[22..], fromClient ? serverPort : clientPort);
        ip[32] = 0x50;
        ip[33] = fromClient ? (byte)2 : (byte)0x12;
        return frame;
    }
}
