using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>
/// key_share (RFC 8446 §4.2.8). Of the wire form only the groups are taken: <c>client_shares</c> 2+n, each <c>group</c> 2, <c>key_exchange</c> 2+n;
/// a server sends one entry, a HelloRetryRequest the bare group. The held form is the list of groups.
/// </summary>
public static class KeyShare
{
    /// <summary>The groups of the held form, in wire order, GREASE included.</summary>
    public static CodePoints Groups(HeldExtension held) => new(held.Body);

    /// <summary>Enumerates the groups of a client's wire form up to where it stops to be well-formed.</summary>
    internal static GroupEnumerator ClientGroups(ReadOnlySpan<byte> wire)
    {
        WireReader reader = new(wire);
        _ = reader.TryReadVector16(out ReadOnlySpan<byte> shares);
        return new GroupEnumerator(shares);
    }

    /// <summary>The group of a server's wire form, or <see cref="NamedGroup.None"/>.</summary>
    internal static NamedGroup SelectedGroup(ReadOnlySpan<byte> wire)
    {
        WireReader reader = new(wire);
        return reader.TryReadUInt16(out ushort group) ? (NamedGroup)group : NamedGroup.None;
    }

    internal ref struct GroupEnumerator
    {
        private WireReader _reader;

        internal GroupEnumerator(ReadOnlySpan<byte> shares) => _reader = new WireReader(shares);

        public ushort Current { get; private set; }

        public readonly GroupEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            bool found = _reader.TryReadUInt16(out ushort group) && _reader.TryReadVector16(out _);
            Current = group;
            return found;
        }
    }
}
