using TlsAppliance.Events.Fields;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Rendering;

/// <summary>The objects <c>client_hello</c> and <c>server_hello</c>, and what other fields take from a hello.</summary>
internal static class HelloObject
{
    private const int LongestName = 128;

    internal static void WriteClient(ref EventWriter writer, TlsSession session, HelloShapes shapes)
    {
        HelloFields fields = EventFields.ClientHello;
        int mark = writer.StartObject(EventObjects.ClientHello);
        WriteStart(ref writer, session.ClientHello, fields);
        shapes.WriteClient(ref writer, session, HelloPart.Offer, session.Ssl2Hello ? WriteSsl2Offer : WriteOffer);
        WriteExtensions(ref writer, session, session.ClientHello, fields, shapes);
        writer.EndObject(EventObjects.ClientHello, mark);
    }

    internal static void WriteServer(ref EventWriter writer, TlsSession session, HelloShapes shapes)
    {
        HelloFields fields = EventFields.ServerHello;
        int mark = writer.StartObject(EventObjects.ServerHello);
        WriteStart(ref writer, session.ServerHello, fields);
        shapes.WriteServer(ref writer, session, HelloPart.Offer, WriteAnswer);
        WriteExtensions(ref writer, session, session.ServerHello, fields, shapes);
        writer.EndObject(EventObjects.ServerHello, mark);
    }

    /// <summary>A hello without an extension block, with an empty or a malformed one has no object; with GREASE alone it has an empty one.</summary>
    private static void WriteExtensions(ref EventWriter writer, TlsSession session, in HeldHello hello, HelloFields fields, HelloShapes shapes)
    {
        if (hello.ExtensionBlock != ExtensionBlockState.Present || !writer.Includes(fields.Unparsed))
        {
            return;
        }

        int mark = writer.StartObject(EventObjects.Extensions);
        ExtensionsObject.WriteServerNames(ref writer, hello, fields);
        if (fields == EventFields.ClientHello)
        {
            shapes.WriteClient(ref writer, session, HelloPart.Extensions, ExtensionsObject.WriteOfClient);
        }
        else
        {
            shapes.WriteServer(ref writer, session, HelloPart.Extensions, ExtensionsObject.WriteOfServer);
        }

        writer.EndObject(EventObjects.Extensions, mark, keepEmpty: true);
    }

    private static void WriteOffer(ref EventWriter writer, in HeldHello hello)
    {
        WriteOfferedCompression(ref writer, hello);
        if (hello.CompressionMethods.IsEmpty)
        {
            // A client that offers nothing is shown as one that selects nothing, as Packetbeat has it.
            WriteCompressionMethod(ref writer, EventFields.ClientHello, 0);
        }

        WriteClassicCiphers(ref writer, hello);
    }

    /// <summary>Offers no compression, and has no field that could say so.</summary>
    private static void WriteSsl2Offer(ref EventWriter writer, in HeldHello hello)
    {
        WriteOfferedCompression(ref writer, hello);
        WriteClassicCiphers(ref writer, hello);
    }

    private static void WriteOfferedCompression(ref EventWriter writer, in HeldHello hello) =>
        ExtensionsObject.WriteNames(ref writer, EventFields.ClientHello.CompressionMethods!, hello.CompressionMethods, CompressionMethods.Write);

    private static void WriteClassicCiphers(ref EventWriter writer, in HeldHello hello)
    {
        if (writer.Layout == EventLayout.Classic)
        {
            WriteSupportedCiphers(ref writer, hello);
        }
    }

    private static void WriteAnswer(ref EventWriter writer, in HeldHello hello)
    {
        if (!hello.CompressionMethods.IsEmpty)
        {
            WriteCompressionMethod(ref writer, EventFields.ServerHello, hello.CompressionMethods[0]);
        }

        if (writer.Layout == EventLayout.Classic)
        {
            WriteCipher(ref writer, hello);
        }
    }

    internal static void WriteSupportedCiphers(ref EventWriter writer, in HeldHello hello) =>
        ExtensionsObject.WriteNames(ref writer, EventFields.SupportedCiphers, hello.CipherSuites, CipherSuites.Write, keepGrease: false);

    /// <summary>Suite and protocol that the server selected.</summary>
    internal static void WriteSelection(ref EventWriter writer, in HeldHello hello)
    {
        WriteCipher(ref writer, hello);
        writer.Text(EventFields.NextProtocol, FirstProtocol(hello));
    }

    private static void WriteCipher(ref EventWriter writer, in HeldHello hello)
    {
        if (hello.CipherSuites.Count > 0)
        {
            Span<byte> name = stackalloc byte[LongestName];
            writer.PlainText(EventFields.Cipher, name[..CipherSuites.Write(hello.CipherSuites[0], name)]);
        }
    }

    /// <summary>The first host name of the SNI, or empty.</summary>
    internal static ReadOnlySpan<byte> FirstServerName(in HeldHello hello) =>
        ServerName.TryRead(LastServerName(hello), out ServerName names) ? names.First : [];

    /// <summary>The body of the last server_name that can be read, or empty.</summary>
    internal static ReadOnlySpan<byte> LastServerName(in HeldHello hello)
    {
        ReadOnlySpan<byte> last = hello.ServerNameBody;
        if (!last.IsEmpty)
        {
            return last;
        }

        foreach (HeldExtension extension in hello)
        {
            if (extension.Type == ExtensionType.ServerName && ServerName.TryRead(extension.Body, out _))
            {
                last = extension.Body;
            }
        }

        return last;
    }

    /// <summary>The first protocol of ALPN, or empty; of a server the one it selected.</summary>
    private static ReadOnlySpan<byte> FirstProtocol(in HeldHello hello)
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
        writer.PlainText(fields.Version, version[..ProtocolVersions.WriteDotted(hello.LegacyVersion, version)]);
        writer.LowerHex(fields.Random, hello.Random);
        writer.LowerHex(fields.SessionId, hello.LegacySessionId);
    }

    private static void WriteCompressionMethod(ref EventWriter writer, HelloFields fields, byte method)
    {
        Span<byte> name = stackalloc byte[LongestName];
        writer.PlainText(fields.SelectedCompressionMethod, name[..CompressionMethods.Write(method, name)]);
    }
}
