using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Tests.Frames;

/// <summary>
/// Walks the frames of a pcap or pcapng file in memory, as far as it is well-formed. The product's reader lives in the Capture room.
/// </summary>
internal static class CorpusCapture
{
    public static IEnumerable<(byte[] Bytes, LinkType LinkType, int Number)> Frames(byte[] file)
    {
        if (file.Length < 24)
        {
            return [];
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(file) == 0x0A0D_0D0A ? PcapngFrames(file) : PcapFrames(file);
    }

    private static IEnumerable<(byte[] Bytes, LinkType LinkType, int Number)> PcapFrames(byte[] file)
    {
        bool isLittle = file[0] is 0xD4 or 0x4D;
        int headerLength = file[0] == 0x34 || file[3] == 0x34 ? 24 : 16;
        LinkType linkType = (LinkType)(ReadUInt32(file, 20, isLittle) & 0xFFFF);
        int number = 0;
        for (int at = 24; at + headerLength <= file.Length;)
        {
            long length = ReadUInt32(file, at + 8, isLittle);
            at += headerLength;
            if (at + length > file.Length)
            {
                yield break;
            }

            yield return (file[at..(at + (int)length)], linkType, ++number);
            at += (int)length;
        }
    }

    private static IEnumerable<(byte[] Bytes, LinkType LinkType, int Number)> PcapngFrames(byte[] file)
    {
        bool isLittle = true;
        List<LinkType> interfaces = [];
        int number = 0;
        for (int at = 0; at + 12 <= file.Length;)
        {
            uint type = ReadUInt32(file, at, isLittle);
            if (type == 0x0A0D_0D0A)
            {
                isLittle = file[at + 8] == 0x4D;
                interfaces.Clear();
            }

            long length = ReadUInt32(file, at + 4, isLittle);
            if (length < 12 || at + length > file.Length)
            {
                yield break;
            }

            if (type == 1)
            {
                uint value = ReadUInt32(file, at + 8, isLittle);
                interfaces.Add((LinkType)(isLittle ? value & 0xFFFF : value >> 16));
            }
            else if (type is 2 or 6)
            {
                uint index = type == 6 ? ReadUInt32(file, at + 8, isLittle) : ReadUInt32(file, at + 8, isLittle) & 0xFFFF;
                int captured = (int)ReadUInt32(file, at + 20, isLittle);
                yield return (file[(at + 28)..(at + 28 + captured)], interfaces[(int)index], ++number);
            }
            else if (type == 3)
            {
                int captured = (int)Math.Min(ReadUInt32(file, at + 8, isLittle), length - 16);
                yield return (file[(at + 12)..(at + 12 + captured)], interfaces[0], ++number);
            }

            at += (int)length;
        }
    }

    private static uint ReadUInt32(byte[] file, int at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) : BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}
