using System.IO.Hashing;
using TlsAppliance.Events.Fields;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Rendering;

/// <summary>
/// Knows hellos again by what they share with others of the same program and configuration, so that names, lists and fingerprints are made once. A shape is kept from
/// its second hello on: clients that shuffle their extensions never repeat one, and must not fill the memory.
/// </summary>
internal sealed class HelloShapes
{
    /// <summary>Shapes of one generation; see <see cref="FragmentCache"/> for the two generations.</summary>
    private const int MaximumShapes = 2048;

    /// <summary>Remembered first sightings; a power of two.</summary>
    private const int Sightings = 8192;

    /// <summary>Stands for all values of RFC 8701 in a key.</summary>
    private const ushort FirstGrease = 0x0A0A;

    /// <summary>Longer hellos are rendered each time.</summary>
    private const int LongestKey = 4096;

    private readonly FieldSelection _fields;
    private readonly FieldSet _truncated = new();
    private readonly long _seed = Random.Shared.NextInt64();
    private readonly ulong[] _sighted = new ulong[Sightings];
    private readonly byte[] _key = new byte[LongestKey];
    private HelloShape? _client;
    private HelloShape? _server;
    private Dictionary<ulong, HelloShape> _young = [];
    private Dictionary<ulong, HelloShape> _old = [];

    internal HelloShapes(FieldSelection fields) => _fields = fields;

    internal delegate void WritePart(ref EventWriter writer, in HeldHello hello);

    /// <summary>Keeps hellos apart that could hold the same bytes.</summary>
    private enum Kind : byte
    {
        Client,
        Ssl2Client,
        Server,
    }

    /// <summary>Looks at the hellos of the session that is rendered next.</summary>
    internal void Begin(TlsSession session)
    {
        _client = session.HasClientHello ? Find(session.ClientHello, session.Ssl2Hello ? Kind.Ssl2Client : Kind.Client) : null;
        _server = session.HasServerHello ? Find(session.ServerHello, Kind.Server) : null;
    }

    /// <summary>Writes a part of the ClientHello, from memory when its shape is known.</summary>
    internal void WriteClient(ref EventWriter writer, TlsSession session, HelloPart part, WritePart write)
    {
        if (!TryAppend(ref writer, _client, part))
        {
            Write(ref writer, _client, part, session.ClientHello, write);
        }
    }

    /// <inheritdoc cref="WriteClient"/>
    internal void WriteServer(ref EventWriter writer, TlsSession session, HelloPart part, WritePart write)
    {
        if (!TryAppend(ref writer, _server, part))
        {
            Write(ref writer, _server, part, session.ServerHello, write);
        }
    }

    /// <summary>The hello's shape, or null when it is not known yet or has none.</summary>
    private HelloShape? Find(in HeldHello hello, Kind kind)
    {
        int length = WriteKey(hello, kind);
        if (length == 0)
        {
            return null;
        }

        ReadOnlySpan<byte> key = _key.AsSpan(0, length);
        ulong hash = XxHash3.HashToUInt64(key, _seed);
        if (_young.TryGetValue(hash, out HelloShape? shape) || TryRevive(hash, out shape))
        {
            return shape.Key.SequenceEqual(key) ? shape : null;
        }

        ref ulong sighted = ref _sighted[hash & (Sightings - 1)];
        if (sighted != hash)
        {
            sighted = hash;
            return null;
        }

        return Add(hash, new HelloShape(key.ToArray()));
    }

    private bool TryAppend(ref EventWriter writer, HelloShape? shape, HelloPart part)
    {
        if (shape?[part] is not { } known || !writer.UsesFields(_fields))
        {
            return false;
        }

        writer.Append(known);
        return true;
    }

    private void Write(ref EventWriter writer, HelloShape? shape, HelloPart part, in HeldHello hello, WritePart write)
    {
        if (shape is null || !writer.UsesFields(_fields))
        {
            write(ref writer, hello);
            return;
        }

        FragmentMark mark = writer.StartFragment(_truncated);
        write(ref writer, hello);
        Fragment fragment = writer.EndFragment(mark);
        if (!writer.Overflowed)
        {
            shape[part] = fragment;
        }
    }

    private bool TryRevive(ulong hash, out HelloShape shape)
    {
        if (!_old.Remove(hash, out shape!))
        {
            return false;
        }

        Add(hash, shape);
        return true;
    }

    private HelloShape Add(ulong hash, HelloShape shape)
    {
        if (_young.Count >= MaximumShapes)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        return _young[hash] = shape;
    }

    /// <summary>
    /// Everything that the parts are made from; 0 when the hello is too long or its server name is not the ordinary one. GREASE values are made equal: no part shows
    /// them, but for signature algorithms, which are kept as they are.
    /// </summary>
    private int WriteKey(in HeldHello hello, Kind kind)
    {
        var key = new KeyWriter(_key);
        key.Byte((byte)kind);
        key.Byte((byte)hello.ExtensionBlock);
        key.Number((ushort)hello.LegacyVersion);
        key.Bytes(hello.CipherSuites.Wire, firstCodePoint: 0);
        key.Bytes(hello.CompressionMethods);
        int names = 0;
        foreach (HeldExtension extension in hello)
        {
            if (extension.Type == ExtensionType.ServerName)
            {
                key.Number((ushort)extension.Type);
                key.Byte(extension.Body.IsEmpty ? (byte)0 : (byte)1);
                if (++names > 1 || (!extension.Body.IsEmpty && !ServerName.TryRead(extension.Body, out _)))
                {
                    return 0;
                }

                continue;
            }

            key.CodePoint((ushort)extension.Type);
            key.Number((ushort)extension.Length);
            key.Bytes(extension.Body, FirstCodePoint(extension.Type));
        }

        return key.Length;
    }

    /// <summary>Where the code points begin in a body that may hold GREASE among them; -1 when none are made equal.</summary>
    private static int FirstCodePoint(ExtensionType type) => type switch
    {
        ExtensionType.KeyShare => 0,
        ExtensionType.SupportedVersions => 1,
        ExtensionType.SupportedGroups => 2,
        _ => -1,
    };

    /// <summary>Fills the key; its length is 0 when it does not fit.</summary>
    private ref struct KeyWriter(Span<byte> room)
    {
        private readonly Span<byte> _room = room;
        private int _length;
        private bool _isFull;

        public readonly int Length => _isFull ? 0 : _length;

        public void Byte(byte value)
        {
            if (_length < _room.Length)
            {
                _room[_length++] = value;
                return;
            }

            _isFull = true;
        }

        public void Number(ushort value)
        {
            Byte((byte)(value >> 8));
            Byte((byte)value);
        }

        public void CodePoint(ushort value) => Number(Grease.IsGrease(value) ? FirstGrease : value);

        public void Bytes(ReadOnlySpan<byte> bytes, int firstCodePoint = -1)
        {
            Number((ushort)bytes.Length);
            if (bytes.Length > _room.Length - _length)
            {
                _isFull = true;
                return;
            }

            Span<byte> written = _room.Slice(_length, bytes.Length);
            bytes.CopyTo(written);
            _length += bytes.Length;
            if (firstCodePoint >= 0 && firstCodePoint < written.Length)
            {
                MakeGreaseEqual(written[firstCodePoint..]);
            }
        }

        private static void MakeGreaseEqual(Span<byte> codePoints)
        {
            for (int i = 0; i + 1 < codePoints.Length; i += sizeof(ushort))
            {
                if (codePoints[i] == codePoints[i + 1] && (codePoints[i] & 0x0F) == 0x0A)
                {
                    codePoints[i] = codePoints[i + 1] = unchecked((byte)FirstGrease);
                }
            }
        }
    }
}
