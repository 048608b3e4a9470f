using TlsAppliance.Events.Fields;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Events.Rendering;

/// <summary>The objects <c>client_hello</c> and <c>server_hello</c>, and what other fields take from a hello.</summary>
internal static class HelloObject
{
    private const int LongestName = 128;

    internal static void WriteClient(ref EventWriter writer, in HeldHello hello, bool isSsl2)
    {
        HelloFields fields = EventFields.ClientHello;
        int mark = writer.StartObject(EventObjects.ClientHello);
        WriteStart(ref writer, hello, fields);
        ExtensionsObject.WriteNames(ref writer, fields.CompressionMethods!, hello.CompressionMethods, CompressionMethods.Write);
        if (hello.CompressionMethods.IsEmpty && !isSsl2)
        {
            WriteCompressionMethod(ref writer, fields, 0);
        }

        if (writer.Layout == EventLayout.Classic)
        {
            WriteSupportedCiphers(ref writer, hello);
        }

        ExtensionsObject.Write(ref writer, hello, fields);
        writer.EndObject(EventObjects.ClientHello, mark);
    }

    internal static void WriteServer(ref EventWriter writer, in HeldHello hello)
    {
        HelloFields fields = EventFields.ServerHello;
        int mark = writer.StartObject(EventObjects.ServerHello);
        WriteStart(ref writer, hello, fields);
        if (!hello.CompressionMethods.IsEmpty)
        {
            WriteCompressionMethod(ref writer, fields, hello.CompressionMethods[0]);
        }

        if (writer.Layout == EventLayout.Classic)
        {
            WriteCipher(ref writer, hello);
        }

        ExtensionsObject.Write(ref writer, hello, fields);
        writer.EndObject(EventObjects.ServerHello, mark);
    }

    internal static void WriteSupportedCiphers(ref EventWriter writer, in HeldHello hello) =>
        ExtensionsObject.WriteNames(ref writer, EventFields.SupportedCiphers, hello.CipherSuites, CipherSuites.Write, keepGrease: false);

    internal static void WriteCipher(ref EventWriter writer, in HeldHello hello)
    {
        if (hello.CipherSuites.Count > 0)
        {
            Span<byte> name = stackalloc byte[LongestName];
            writer.Text(EventFields.Cipher, name[..CipherSuites.Write(hello.CipherSuites[0], name)]);
        }
    }

    /// <summary>The first host name of the SNI, or empty.</summary>
    internal static ReadOnlySpan<byte> FirstServerName(in HeldHello hello)
    {
        ReadOnlySpan<byte> first = [];
        foreach (HeldExtension extension in hello)
        {
            if (extension.Type == ExtensionType.ServerName && ServerName.TryRead(extension.Body, out ServerName names))
            {
                first = names.First;
            }
        }

        return first;
    }

    /// <summary>The first protocol of ALPN, or empty; of a server the one it selected.</summary>
    internal static ReadOnlySpan<byte> FirstProtocol(in HeldHello hello)
    {
        ReadOnlySpan<byte> first = [];
        foreach (HeldExtension extension in hello)
        {
            if (extension.Type == ExtensionType.ApplicationLayerProtocolNegotiation
                && ApplicationProtocols.TryRead(extension.Body, out ApplicationProtocols protocols))
            {
                first = protocols.First;
            }
        }

        return first;
    }

    private static void WriteStart(ref EventWriter writer, in HeldHello hello, HelloFields fields)
    {
        Span<byte> version = stackalloc byte[ProtocolVersions.MaxLength];
        writer.Text(fields.Version, version[..ProtocolVersions.WriteDotted(hello.LegacyVersion, version)]);
        writer.LowerHex(fields.Random, hello.Random);
        writer.LowerHex(fields.SessionId, hello.LegacySessionId);
    }

    private static void WriteCompressionMethod(ref EventWriter writer, HelloFields fields, byte method)
    {
        Span<byte> name = stackalloc byte[LongestName];
        writer.Text(fields.SelectedCompressionMethod, name[..CompressionMethods.Write(method, name)]);
    }
}
