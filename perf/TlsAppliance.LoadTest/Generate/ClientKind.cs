namespace TlsAppliance.LoadTest.Generate;

/// <summary>Whose ClientHello it looks like.</summary>
internal enum ClientKind
{
    Chrome,
    ChromePostQuantum,
    Firefox,
    OpenSsl,
    Go,
    Windows,
    Old,
}
