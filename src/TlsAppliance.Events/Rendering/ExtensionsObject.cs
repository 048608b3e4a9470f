using System.Globalization;
using System.Text.Unicode;
using TlsAppliance.Events.Fields;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Events.Rendering;

/// <summary>
/// The object <c>extensions</c> of a hello. An extension that has a form of its own stands under its label; when it comes twice, the later one does.
/// All others, and those that do not follow their structure, are named in <c>_unparsed_</c>, each time they come. GREASE is not shown.
/// </summary>
internal static class ExtensionsObject
{
    private const int LongestName = 128;

    /// <summary>Extension types with a form of their own; all but supported_versions and session_ticket are below 32.</summary>
    private const int Slots = 34;

    /// <summary>The host names of the last well-formed server_name.</summary>
    internal static void WriteServerNames(ref EventWriter writer, in HeldHello hello, HelloFields fields)
    {
        if (ServerName.TryRead(HelloObject.LastServerName(hello), out ServerName names))
        {
            WriteServerNames(ref writer, fields.ServerNames, names);
        }
    }

    /// <summary>All but the host names.</summary>
    internal static void WriteOfClient(ref EventWriter writer, in HeldHello hello) => Write(ref writer, hello, EventFields.ClientHello);

    /// <inheritdoc cref="WriteOfClient"/>
    internal static void WriteOfServer(ref EventWriter writer, in HeldHello hello) => Write(ref writer, hello, EventFields.ServerHello);

    private static void Write(ref EventWriter writer, in HeldHello hello, HelloFields fields)
    {
        Span<int> last = stackalloc int[Slots];
        FindLast(hello, writer.Layout, last);
        int ordinal = 0;
        foreach (HeldExtension extension in hello)
        {
            if (SlotOf(extension.Type) is var slot and >= 0 && last[slot] == ordinal)
            {
                WriteValue(ref writer, extension, fields);
            }

            ordinal++;
        }

        WriteUnparsed(ref writer, hello, fields.Unparsed);
    }

    /// <summary>Where the last well-formed extension of each type stands; -1 when there is none.</summary>
    private static void FindLast(in HeldHello hello, EventLayout layout, Span<int> last)
    {
        // A dozen: filling them by vectors is code that a first pass would wait for.
        for (int slot = 0; slot < last.Length; slot++)
        {
            last[slot] = -1;
        }

        int ordinal = 0;
        foreach (HeldExtension extension in hello)
        {
            if (HasForm(extension, layout))
            {
                last[SlotOf(extension.Type)] = ordinal;
            }

            ordinal++;
        }
    }

    private static int SlotOf(ExtensionType type) => type switch
    {
        ExtensionType.SessionTicket => 32,
        ExtensionType.SupportedVersions => 33,
        < (ExtensionType)32 => (int)type,
        _ => -1,
    };

    /// <summary>True when the extension stands under its label. The classic layout does not know status_request.</summary>
    private static bool HasForm(HeldExtension extension, EventLayout layout) => extension.Type switch
    {
        ExtensionType.ServerName => ServerName.TryRead(extension.Body, out _),
        ExtensionType.MaxFragmentLength => MaxFragmentLength.TryRead(extension.Body, out _),
        ExtensionType.ClientCertificateUrl or ExtensionType.TruncatedHmac or ExtensionType.SessionTicket => true,
        ExtensionType.StatusRequest => layout == EventLayout.Ecs && (extension.Length == 0 || StatusRequest.TryRead(extension.Body, out _)),
        ExtensionType.CertType => CertificateType.TryRead(extension.Body, out _),
        ExtensionType.SupportedGroups => SupportedGroups.TryRead(extension.Body, out _),
        ExtensionType.EcPointFormats => SupportedPointFormats.TryRead(extension.Body, out _),
        ExtensionType.Srp => Srp.TryRead(extension.Body, out _),
        ExtensionType.SignatureAlgorithms => SignatureAlgorithms.TryRead(extension.Body, out _),
        ExtensionType.ApplicationLayerProtocolNegotiation => ApplicationProtocols.TryRead(extension.Body, out _),
        ExtensionType.SupportedVersions => SupportedVersions.TryRead(extension.Body, out _),
        _ => false,
    };

    private static void WriteValue(ref EventWriter writer, HeldExtension extension, HelloFields fields)
    {
        switch (extension.Type)
        {
            case ExtensionType.MaxFragmentLength:
                WriteMaxFragmentLength(ref writer, fields.MaxFragmentLength, extension.Body);
                break;
            case ExtensionType.ClientCertificateUrl:
                WriteEmpty(ref writer, fields.ClientCertificateUrl, extension.Length);
                break;
            case ExtensionType.TruncatedHmac:
                WriteEmpty(ref writer, fields.TruncatedHmac, extension.Length);
                break;
            case ExtensionType.StatusRequest:
                WriteStatusRequest(ref writer, fields, extension);
                break;
            case ExtensionType.CertType:
                CertificateType.TryRead(extension.Body, out ReadOnlySpan<byte> types);
                WriteNames(ref writer, fields.CertificateTypes, types, CertificateTypes.Write);
                break;
            case ExtensionType.SupportedGroups:
                SupportedGroups.TryRead(extension.Body, out CodePoints groups);
                WriteNames(ref writer, fields.SupportedGroups, groups, NamedGroups.Write, keepGrease: false);
                break;
            case ExtensionType.EcPointFormats:
                SupportedPointFormats.TryRead(extension.Body, out ReadOnlySpan<byte> formats);
                WriteNames(ref writer, fields.EcPointFormats, formats, EcPointFormats.Write);
                break;
            case ExtensionType.Srp:
                Srp.TryRead(extension.Body, out ReadOnlySpan<byte> userName);
                writer.Text(fields.Srp, userName, keepEmpty: true);
                break;
            case ExtensionType.SignatureAlgorithms:
                SignatureAlgorithms.TryRead(extension.Body, out CodePoints schemes);
                WriteNames(ref writer, fields.SignatureAlgorithms, schemes, SignatureSchemes.Write, keepGrease: true);
                break;
            case ExtensionType.ApplicationLayerProtocolNegotiation:
                WriteProtocols(ref writer, fields.ApplicationProtocols, extension.Body);
                break;
            case ExtensionType.SessionTicket:
                WriteSessionTicket(ref writer, fields.SessionTicket, extension.Length);
                break;
            case ExtensionType.SupportedVersions:
                WriteVersions(ref writer, fields.SupportedVersions, extension.Body);
                break;
        }
    }

    private static void WriteServerNames(ref EventWriter writer, EventField field, scoped ServerName names)
    {
        if (!writer.StartList(field))
        {
            return;
        }

        foreach (ReadOnlySpan<byte> name in names)
        {
            if (!writer.Entry(name))
            {
                break;
            }
        }

        writer.EndList();
    }

    private static void WriteProtocols(ref EventWriter writer, EventField field, ReadOnlySpan<byte> body)
    {
        ApplicationProtocols.TryRead(body, out ApplicationProtocols protocols);
        if (!writer.StartList(field))
        {
            return;
        }

        foreach (ReadOnlySpan<byte> protocol in protocols)
        {
            if (!writer.Entry(protocol))
            {
                break;
            }
        }

        writer.EndList();
    }

    private static void WriteMaxFragmentLength(ref EventWriter writer, EventField field, ReadOnlySpan<byte> body)
    {
        MaxFragmentLength.TryRead(body, out byte code);
        Span<byte> text = stackalloc byte[LongestName];
        writer.Text(field, text[..MaxFragmentLengths.Write(code, text)]);
    }

    private static void WriteEmpty(ref EventWriter writer, EventField field, int length)
    {
        Span<byte> text = stackalloc byte[LongestName];
        int written = 0;
        if (length > 0)
        {
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"(expected empty: found {length} bytes)", out written);
        }

        writer.Text(field, text[..written], keepEmpty: true);
    }

    /// <summary>Never the ticket itself.</summary>
    private static void WriteSessionTicket(ref EventWriter writer, EventField field, int length)
    {
        Span<byte> text = stackalloc byte[LongestName];
        int written = 0;
        if (length > 0)
        {
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"({length} bytes)", out written);
        }

        writer.Text(field, text[..written], keepEmpty: true);
    }

    private static void WriteStatusRequest(ref EventWriter writer, HelloFields fields, HeldExtension extension)
    {
        int mark = writer.StartObject(EventObjects.StatusRequest);
        if (StatusRequest.TryRead(extension.Body, out StatusRequest request))
        {
            Span<byte> type = stackalloc byte[LongestName];
            request.Type.TryFormat(type, out int length, default, CultureInfo.InvariantCulture);
            writer.Text(fields.StatusRequestType, request.Type == StatusRequest.Ocsp ? "ocsp"u8 : type[..length]);
            writer.Number(fields.StatusRequestResponders, request.ResponderIdListLength);
            writer.Number(fields.StatusRequestExtensions, request.RequestExtensionsLength);
        }
        else
        {
            writer.Boolean(fields.StatusRequestResponse, true);
        }

        writer.EndObject(EventObjects.StatusRequest, mark);
    }

    /// <summary>A client's list is a list of texts, a server's choice one text.</summary>
    private static void WriteVersions(ref EventWriter writer, EventField field, ReadOnlySpan<byte> body)
    {
        SupportedVersions.TryRead(body, out SupportedVersions versions);
        if (versions.IsSelection)
        {
            Span<byte> text = stackalloc byte[ProtocolVersions.MaxLength];
            writer.Text(field, text[..ProtocolVersions.WriteText(versions.Selected, text)]);
            return;
        }

        WriteNames(ref writer, field, versions.Versions, static (code, text) => ProtocolVersions.WriteText((ProtocolVersion)code, text), keepGrease: false);
    }

    private static void WriteUnparsed(ref EventWriter writer, in HeldHello hello, EventField field)
    {
        if (!writer.StartList(field))
        {
            return;
        }

        Span<byte> label = stackalloc byte[LongestName];
        foreach (HeldExtension extension in hello)
        {
            if (!Grease.IsGrease((ushort)extension.Type) && !HasForm(extension, writer.Layout)
                && !writer.Entry(label[..PacketbeatExtensionLabels.Write((ushort)extension.Type, label)]))
            {
                break;
            }
        }

        writer.EndList();
    }

    /// <summary>A list of names of 16-bit code points.</summary>
    internal static void WriteNames(ref EventWriter writer, EventField field, CodePoints codes, Func<ushort, Span<byte>, int> write, bool keepGrease)
    {
        if (!writer.StartList(field))
        {
            return;
        }

        Span<byte> name = stackalloc byte[LongestName];
        for (int i = 0; i < codes.Count; i++)
        {
            if ((keepGrease || !Grease.IsGrease(codes[i])) && !writer.Entry(name[..write(codes[i], name)]))
            {
                break;
            }
        }

        writer.EndList();
    }

    /// <summary>A list of names of one-byte code points.</summary>
    internal static void WriteNames(ref EventWriter writer, EventField field, ReadOnlySpan<byte> codes, Func<byte, Span<byte>, int> write)
    {
        if (!writer.StartList(field))
        {
            return;
        }

        Span<byte> name = stackalloc byte[LongestName];
        foreach (byte code in codes)
        {
            if (!writer.Entry(name[..write(code, name)]))
            {
                break;
            }
        }

        writer.EndList();
    }
}
