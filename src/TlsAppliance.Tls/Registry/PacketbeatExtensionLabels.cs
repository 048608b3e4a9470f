namespace TlsAppliance.Tls.Registry;

/// <summary>Keys under which Packetbeat shows extensions, spelled as there. Without one: the number.</summary>
public static class PacketbeatExtensionLabels
{
    private static readonly CodePointNames Names = new(UnknownForm.Number, """
        0000 server_name_indication
        0001 max_fragment_length
        0002 client_certificate_url
        0003 trusted_ca_keys
        0004 truncated_hmac
        0005 status_request
        0006 user_mapping
        0007 client_authz
        0008 server_authz
        0009 cert_type
        000A supported_groups
        000B ec_points_formats
        000C srp
        000D signature_algorithms
        0010 application_layer_protocol_negotiation
        0023 session_ticket
        002B supported_versions
        FF01 renegotiation_info
        """);

    /// <summary>Bytes that <see cref="Write"/> needs at most.</summary>
    public static int MaxLength => Names.MaxLength;

    /// <summary>Name, or the form for unknown values.</summary>
    public static string Name(ushort code) => Names.Text(code);

    /// <summary>Name in UTF-8; empty when the value has none.</summary>
    public static ReadOnlySpan<byte> Utf8Name(ushort code) => Names.Utf8(code);

    /// <summary>Writes the name, or the form for unknown values, in UTF-8 and returns the bytes written.</summary>
    public static int Write(ushort code, Span<byte> destination) => Names.Write(code, destination);
}
