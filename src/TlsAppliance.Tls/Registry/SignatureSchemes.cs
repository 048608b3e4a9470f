namespace TlsAppliance.Tls.Registry;

/// <summary>Names of IANA "TLS SignatureScheme"; <c>rsa_pss_rsae_*</c> in Packetbeat's spelling <c>rsa_pss_*</c>. Unknown, as the hash and signature pairs of TLS 1.2 that
/// the registry does not list: <c>(unknown:0x1a2b)</c>.</summary>
public static class SignatureSchemes
{
    private static readonly CodePointNames Names = new(UnknownForm.HexWord, """
        0201 rsa_pkcs1_sha1
        0203 ecdsa_sha1
        0401 rsa_pkcs1_sha256
        0403 ecdsa_secp256r1_sha256
        0420 rsa_pkcs1_sha256_legacy
        0501 rsa_pkcs1_sha384
        0503 ecdsa_secp384r1_sha384
        0520 rsa_pkcs1_sha384_legacy
        0601 rsa_pkcs1_sha512
        0603 ecdsa_secp521r1_sha512
        0620 rsa_pkcs1_sha512_legacy
        0704 eccsi_sha256
        0705 iso_ibs1
        0706 iso_ibs2
        0707 iso_chinese_ibs
        0708 sm2sig_sm3
        0709 gostr34102012_256a
        070A gostr34102012_256b
        070B gostr34102012_256c
        070C gostr34102012_256d
        070D gostr34102012_512a
        070E gostr34102012_512b
        070F gostr34102012_512c
        0804 rsa_pss_sha256
        0805 rsa_pss_sha384
        0806 rsa_pss_sha512
        0807 ed25519
        0808 ed448
        0809 rsa_pss_pss_sha256
        080A rsa_pss_pss_sha384
        080B rsa_pss_pss_sha512
        081A ecdsa_brainpoolP256r1tls13_sha256
        081B ecdsa_brainpoolP384r1tls13_sha384
        081C ecdsa_brainpoolP512r1tls13_sha512
        0904 mldsa44
        0905 mldsa65
        0906 mldsa87
        0911 slhdsa_sha2_128s
        0912 slhdsa_sha2_128f
        0913 slhdsa_sha2_192s
        0914 slhdsa_sha2_192f
        0915 slhdsa_sha2_256s
        0916 slhdsa_sha2_256f
        0917 slhdsa_shake_128s
        0918 slhdsa_shake_128f
        0919 slhdsa_shake_192s
        091A slhdsa_shake_192f
        091B slhdsa_shake_256s
        091C slhdsa_shake_256f
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
