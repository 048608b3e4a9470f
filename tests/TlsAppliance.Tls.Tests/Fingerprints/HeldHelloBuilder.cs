using System.Buffers.Binary;
using TlsAppliance.Tls.Handshake;

namespace TlsAppliance.Tls.Tests.Fingerprints;

/// <summary>Writes the held form of a hello from its parts, independently of the product's writer.</summary>
internal sealed class HeldHelloBuilder
{
    private readonly List<byte> _extensions = [];

    internal ushort Version { get; init; } = 0x0303;

    internal IReadOnlyList<ushort> Ciphers { get; init; } = [];

    internal ExtensionBlockState State { get; init; } = ExtensionBlockState.Present;

    internal HeldHelloBuilder Add(ushort type, params byte[] body)
    {
        _extensions.AddRange([.. Word(type), .. Word((ushort)body.Length), .. Word((ushort)body.Length), .. body]);
        return this;
    }

    /// <summary>An extension whose body is a list behind a 16-bit length.</summary>
    internal HeldHelloBuilder AddList(ushort type, params ushort[] values)
    {
        byte[] list = Words(values);
        return Add(type, [.. Word((ushort)list.Length), .. list]);
    }

    /// <summary>An extension whose body is a list behind an 8-bit length.</summary>
    internal HeldHelloBuilder AddShortList(ushort type, params byte[] list) => Add(type, [(byte)list.Length, .. list]);

    internal HeldHelloBuilder AddProtocols(params byte[][] names)
    {
        byte[] list = [.. names.SelectMany(name => (byte[])[(byte)name.Length, .. name])];
        return Add(16, [.. Word((ushort)list.Length), .. list]);
    }

    internal byte[] Build()
    {
        byte[] ciphers = Words(Ciphers);
        return
        [
            .. new byte[32], 0, .. Word(0), .. Word(Version), .. Word((ushort)ciphers.Length), .. ciphers, 1, 0, (byte)State, .. _extensions,
        ];
    }

    internal static byte[] Words(IEnumerable<ushort> values) => [.. values.SelectMany(Word)];

    private static byte[] Word(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}
