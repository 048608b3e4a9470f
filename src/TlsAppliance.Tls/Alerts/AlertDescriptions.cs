using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Alerts;

/// <summary>Names of IANA "TLS Alerts". Unknown: <c>(unknown:0x1a)</c>.</summary>
public static class AlertDescriptions
{
    private static readonly CodePointNames Names = new(UnknownForm.HexByte, """
        0000 close_notify
        000A unexpected_message
        0014 bad_record_mac
        0015 decryption_failed
        0016 record_overflow
        001E decompression_failure
        0028 handshake_failure
        0029 no_certificate_RESERVED
        002A bad_certificate
        002B unsupported_certificate
        002C certificate_revoked
        002D certificate_expired
        002E certificate_unknown
        002F illegal_parameter
        0030 unknown_ca
        0031 access_denied
        0032 decode_error
        0033 decrypt_error
        0034 too_many_cids_requested
        003C export_restriction_RESERVED
        0046 protocol_version
        0047 insufficient_security
        0050 internal_error
        0056 inappropriate_fallback
        005A user_canceled
        0064 no_renegotiation
        006D missing_extension
        006E unsupported_extension
        006F certificate_unobtainable
        0070 unrecognized_name
        0071 bad_certificate_status_response
        0072 bad_certificate_hash_value
        0073 unknown_psk_identity
        0074 certificate_required
        0075 general_error
        0078 no_application_protocol
        0079 ech_required
        """);

    /// <summary>Bytes that <see cref="Write"/> needs at most.</summary>
    public static int MaxLength => Names.MaxLength;

    /// <summary>Name, or the form for unknown values.</summary>
    public static string Name(byte code) => Names.Text(code);

    /// <summary>Name in UTF-8; empty when the value has none.</summary>
    public static ReadOnlySpan<byte> Utf8Name(byte code) => Names.Utf8(code);

    /// <summary>Writes the name, or the form for unknown values, in UTF-8 and returns the bytes written.</summary>
    public static int Write(byte code, Span<byte> destination) => Names.Write(code, destination);
}
