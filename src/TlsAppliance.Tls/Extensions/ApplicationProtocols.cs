using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>application_layer_protocol_negotiation (RFC 7301 §3.1): a list of protocol names; a server's holds the one it chose.</summary>
public readonly ref struct ApplicationProtocols
{
    private readonly ReadOnlySpan<byte> _list;

    private ApplicationProtocols(ReadOnlySpan<byte> list) => _list = list;

    /// <summary>False when the list or one of its names does not fill exactly the space it claims.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ApplicationProtocols protocols)
    {
        protocols = default;
        WireReader reader = new(body);
        if (!reader.TryReadVector16(out ReadOnlySpan<byte> list) || !reader.IsEmpty || !AllNamesFit(list))
        {
            return false;
        }

        protocols = new ApplicationProtocols(list);
        return true;
    }

    /// <summary>The first name, or empty.</summary>
    public ReadOnlySpan<byte> First
    {
        get
        {
            Enumerator names = GetEnumerator();
            return names.MoveNext() ? names.Current : default;
        }
    }

    public Enumerator GetEnumerator() => new(_list);

    private static bool AllNamesFit(ReadOnlySpan<byte> list)
    {
        WireReader reader = new(list);
        while (!reader.IsEmpty)
        {
            if (!reader.TryReadVector8(out _))
            {
                return false;
            }
        }

        return true;
    }

    public ref struct Enumerator
    {
        private WireReader _reader;

        internal Enumerator(ReadOnlySpan<byte> list) => _reader = new WireReader(list);

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            bool found = _reader.TryReadVector8(out ReadOnlySpan<byte> name);
            Current = name;
            return found;
        }
    }
}
