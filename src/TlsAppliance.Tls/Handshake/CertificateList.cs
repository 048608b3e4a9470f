using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// Certificate message of SSL 3.0 to TLS 1.2 (RFC 5246 §7.4.2): <c>certificate_list</c> 3+n, each entry 3+n. Enumerates the entries that are complete,
/// also when the list claims more than there is.
/// </summary>
internal readonly ref struct CertificateList
{
    private readonly ReadOnlySpan<byte> _list;

    private CertificateList(ReadOnlySpan<byte> list, bool isWellFormed)
    {
        _list = list;
        IsWellFormed = isWellFormed;
    }

    /// <summary>Every length fits to the byte.</summary>
    public bool IsWellFormed { get; }

    public static CertificateList Read(ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        bool hasLength = reader.TryReadUInt24(out int length);
        ReadOnlySpan<byte> list = reader.Remaining[..Math.Min(length, reader.Remaining.Length)];
        return new CertificateList(list, hasLength && length == reader.Remaining.Length && AllFit(list));
    }

    public Enumerator GetEnumerator() => new(_list);

    private static bool AllFit(ReadOnlySpan<byte> list)
    {
        WireReader reader = new(list);
        while (!reader.IsEmpty)
        {
            if (!reader.TryReadVector24(out ReadOnlySpan<byte> entry) || entry.IsEmpty)
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

        /// <summary>The DER of one certificate, at least one byte.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            while (_reader.TryReadVector24(out ReadOnlySpan<byte> entry))
            {
                if (!entry.IsEmpty)
                {
                    Current = entry;
                    return true;
                }
            }

            return false;
        }
    }
}
