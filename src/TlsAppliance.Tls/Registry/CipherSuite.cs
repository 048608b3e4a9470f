namespace TlsAppliance.Tls.Registry;

/// <summary>A cipher suite's code point (IANA "TLS Cipher Suites"). Names: <see cref="CipherSuites"/>.</summary>
public enum CipherSuite : ushort
{
    Null = 0,
    FallbackScsv = 0x5600,
    EmptyRenegotiationInfoScsv = 0x00FF,
}
