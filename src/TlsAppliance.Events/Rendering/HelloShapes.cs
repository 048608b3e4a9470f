using System.IO.Hashing;
using System.Runtime.CompilerServices;
using TlsAppliance.Events.Fields;
using TlsAppliance.Tls.Handshake;
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

    /// <summary>Longer hellos are rendered each time.</summary>
    private const int LongestKey = 4096;

    private readonly FieldSelection _fields;
    private readonly FieldSet _truncated = new();
    private readonly long _seed = Random.Shared.NextInt64();
    private readonly ulong[] _sighted = new ulong[Sightings];
    private HelloShape? _client;
    private HelloShape? _server;
    private Dictionary<ulong, HelloShape> _young = [];
    private Dictionary<ulong, HelloShape> _old = [];

    internal HelloShapes(FieldSelection fields) => _fields = fields;

    internal delegate void WritePart(ref EventWriter writer, in HeldHello hello);

    /// <summary>Looks at the hellos of the session that is rendered next.</summary>
    internal void Begin(TlsSession session)
    {
        _client = session.HasClientHello ? Find(session.ClientHello, session.Ssl2Hello ? HelloKind.Ssl2Client : HelloKind.Client) : null;
        _server = session.HasServerHello ? Find(session.ServerHello, HelloKind.Server) : null;
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

    /// <summary>The hello's shape, or null when it is not known yet or too long.</summary>
    private HelloShape? Find(in HeldHello hello, HelloKind kind)
    {
        ReadOnlySpan<byte> key = hello.Shape;
        if (key.Length > LongestKey)
        {
            return null;
        }

        ulong hash = XxHash3.HashToUInt64(key, _seed + (long)kind);
        if (_young.TryGetValue(hash, out HelloShape? shape) || TryRevive(hash, out shape))
        {
            return shape.Is(kind, key) ? shape : null;
        }

        ref ulong sighted = ref _sighted[hash & (Sightings - 1)];
        if (sighted != hash)
        {
            sighted = hash;
            return null;
        }

        return Add(hash, new HelloShape(kind, key.ToArray()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
}
