using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>
/// server_name (RFC 6066 §3): a list of names, of which only the type host_name (0) is defined. Enumerates the host names; names of other types
/// are passed over. A list that claims more than there is keeps the names that are complete.
/// </summary>
public readonly ref struct ServerName
{
    private const byte HostName = 0;

    private readonly ReadOnlySpan<byte> _list;

    private ServerName(ReadOnlySpan<byte> list) => _list = list;

    /// <summary>False when not even the length of the list is there, as in a server's empty answer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ServerName names)
    {
        WireReader reader = new(body);
        bool wellFormed = reader.TryReadUInt16(out ushort length);
        names = new ServerName(reader.Remaining[..Math.Min(length, reader.Remaining.Length)]);
        return wellFormed;
    }

    /// <summary>The first host name, or empty.</summary>
    public ReadOnlySpan<byte> First
    {
        get
        {
            Enumerator names = GetEnumerator();
            return names.MoveNext() ? names.Current : default;
        }
    }

    public Enumerator GetEnumerator() => new(_list);

    public ref struct Enumerator
    {
        private WireReader _reader;

        internal Enumerator(ReadOnlySpan<byte> list) => _reader = new WireReader(list);

        /// <summary>The bytes of the name, in whatever encoding they came.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            while (_reader.TryReadByte(out byte type) && _reader.TryReadVector16(out ReadOnlySpan<byte> name))
            {
                if (type == HostName)
                {
                    Current = name;
                    return true;
                }
            }

            return false;
        }
    }
}
