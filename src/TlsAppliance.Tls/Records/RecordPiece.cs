namespace TlsAppliance.Tls.Records;

/// <summary>Some successive bytes of one record's fragment, borrowed from the input.</summary>
internal readonly ref struct RecordPiece
{
    public RecordPiece(ContentType type, int recordLength, ReadOnlySpan<byte> bytes, int offset)
    {
        Type = type;
        RecordLength = recordLength;
        Bytes = bytes;
        Offset = offset;
    }

    public ContentType Type { get; }

    /// <summary>Length of the whole fragment.</summary>
    public int RecordLength { get; }

    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Where <see cref="Bytes"/> begin in the fragment.</summary>
    public int Offset { get; }

    public bool BeginsRecord => Offset == 0;

    public bool EndsRecord => Offset + Bytes.Length == RecordLength;
}
