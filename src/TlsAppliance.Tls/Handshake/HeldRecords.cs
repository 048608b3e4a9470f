using System.Buffers;
using System.Buffers.Binary;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Records;

namespace TlsAppliance.Tls.Handshake;

/// <summary>Puts what is held of a handshake back into records, so that a capture tool can read it. What was never held (keys, tickets, cookies) is zero.</summary>
internal static class HeldRecords
{
    private const int LongestFragment = 1 << 14;
    private const ushort RecordVersion = 0x0303;
    private const int KeyShareEntryHeader = 4;

    public static void WriteHeader(IBufferWriter<byte> output, HandshakeType type, int length)
    {
        Span<byte> header = stackalloc byte[HandshakeHeader.Size];
        BinaryPrimitives.WriteInt32BigEndian(header, length);
        header[0] = (byte)type;
        output.Write(header);
    }

    /// <summary>Wraps the bytes of messages into records, the last of which is left open for so many bytes as are still missing.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> messages, int missing)
    {
        Span<byte> header = stackalloc byte[RecordHeader.Size];
        while (!messages.IsEmpty)
        {
            int length = Math.Min(messages.Length, LongestFragment);
            int open = length == messages.Length ? Math.Min(missing, RecordHeader.MaxFragment - length) : 0;
            header[0] = (byte)ContentType.Handshake;
            BinaryPrimitives.WriteUInt16BigEndian(header[1..], RecordVersion);
            BinaryPrimitives.WriteUInt16BigEndian(header[3..], (ushort)(length + open));
            output.Write(header);
            output.Write(messages[..length]);
            messages = messages[length..];
        }
    }

    public static void WriteHello(IBufferWriter<byte> output, HeldHello hello, bool isServer)
    {
        var body = new ArrayBufferWriter<byte>();
        UInt16(body, (ushort)hello.LegacyVersion);
        body.Write(hello.Random);
        Vector8(body, hello.LegacySessionId);
        if (isServer)
        {
            body.Write(hello.CipherSuites.Wire);
            body.Write(hello.CompressionMethods);
        }
        else
        {
            UInt16(body, (ushort)hello.CipherSuites.Wire.Length);
            body.Write(hello.CipherSuites.Wire);
            Vector8(body, hello.CompressionMethods);
        }

        if (hello.ExtensionBlock != ExtensionBlockState.Absent)
        {
            var extensions = new ArrayBufferWriter<byte>();
            foreach (HeldExtension extension in hello)
            {
                WriteExtension(extensions, extension, isServer);
            }

            UInt16(body, (ushort)extensions.WrittenCount);
            body.Write(extensions.WrittenSpan);
        }

        var message = new ArrayBufferWriter<byte>();
        WriteHeader(message, isServer ? HandshakeType.ServerHello : HandshakeType.ClientHello, body.WrittenCount);
        message.Write(body.WrittenSpan);
        Write(output, message.WrittenSpan, missing: 0);
    }

    private static void WriteExtension(ArrayBufferWriter<byte> output, HeldExtension extension, bool isServer)
    {
        UInt16(output, (ushort)extension.Type);
        UInt16(output, (ushort)extension.Length);
        int end = output.WrittenCount + extension.Length;
        if (extension.Type == ExtensionType.KeyShare)
        {
            WriteKeyShare(output, new CodePoints(extension.Body), extension.Length, isServer);
        }
        else
        {
            output.Write(extension.Body);
        }

        Zeros(output, end - output.WrittenCount);
    }

    /// <summary>Only the groups are held; the keys' lengths are not, so the last entry has all of it. A HelloRetryRequest names a group and no key.</summary>
    private static void WriteKeyShare(ArrayBufferWriter<byte> output, CodePoints groups, int length, bool isServer)
    {
        int list = isServer ? 0 : sizeof(ushort);
        int keys = length - list - (groups.Count * KeyShareEntryHeader);
        if (groups.Count == 0 || keys < 0)
        {
            output.Write(groups.Wire[..Math.Min(groups.Wire.Length, length)]);
            return;
        }

        if (!isServer)
        {
            UInt16(output, (ushort)(length - list));
        }

        for (int i = 0; i < groups.Count; i++)
        {
            UInt16(output, groups[i]);
            int key = i == groups.Count - 1 ? keys : 0;
            UInt16(output, (ushort)key);
            Zeros(output, key);
        }
    }

    private static void Zeros(ArrayBufferWriter<byte> output, int count)
    {
        if (count > 0)
        {
            output.GetSpan(count)[..count].Clear();
            output.Advance(count);
        }
    }

    private static void UInt16(ArrayBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(sizeof(ushort)), value);
        output.Advance(sizeof(ushort));
    }

    private static void Vector8(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        output.GetSpan(1)[0] = (byte)bytes.Length;
        output.Advance(1);
        output.Write(bytes);
    }
}
