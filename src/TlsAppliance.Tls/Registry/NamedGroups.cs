namespace TlsAppliance.Tls.Registry;

/// <summary>Names of IANA "TLS Supported Groups". Unknown: <c>(unknown:0x1a2b)</c>.</summary>
public static class NamedGroups
{
    private static readonly CodePointNames Names = new(UnknownForm.HexWord, """
        0001 sect163k1
        0002 sect163r1
        0003 sect163r2
        0004 sect193r1
        0005 sect193r2
        0006 sect233k1
        0007 sect233r1
        0008 sect239k1
        0009 sect283k1
        000A sect283r1
        000B sect409k1
        000C sect409r1
        000D sect571k1
        000E sect571r1
        000F secp160k1
        0010 secp160r1
        0011 secp160r2
        0012 secp192k1
        0013 secp192r1
        0014 secp224k1
        0015 secp224r1
        0016 secp256k1
        0017 secp256r1
        0018 secp384r1
        0019 secp521r1
        001A brainpoolP256r1
        001B brainpoolP384r1
        001C brainpoolP512r1
        001D x25519
        001E x448
        001F brainpoolP256r1tls13
        0020 brainpoolP384r1tls13
        0021 brainpoolP512r1tls13
        0022 GC256A
        0023 GC256B
        0024 GC256C
        0025 GC256D
        0026 GC512A
        0027 GC512B
        0028 GC512C
        0029 curveSM2
        0100 ffdhe2048
        0101 ffdhe3072
        0102 ffdhe4096
        0103 ffdhe6144
        0104 ffdhe8192
        0200 MLKEM512
        0201 MLKEM768
        0202 MLKEM1024
        11EB SecP256r1MLKEM768
        11EC X25519MLKEM768
        11ED SecP384r1MLKEM1024
        11EE curveSM2MLKEM768
        6399 X25519Kyber768Draft00
        639A SecP256r1Kyber768Draft00
        FF01 arbitrary_explicit_prime_curves
        FF02 arbitrary_explicit_char2_curves
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
