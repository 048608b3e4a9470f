using System.Text;

namespace TlsAppliance.Testing.Tls;

/// <summary>Bodies of extensions (<c>extension_data</c>), named as in the RFCs, each with its type.</summary>
/// <param name="Type">extension_type</param>
/// <param name="Body">extension_data</param>
public sealed record Extension(ushort Type, byte[] Body)
{
    public static Extension ServerName(params string[] hostNames)
    {
        WireWriter list = new();
        foreach (string name in hostNames)
        {
            list.UInt8(0 /* name_type host_name */).Vector16(Encoding.UTF8.GetBytes(name));
        }

        return new Extension(0, new WireWriter().Vector16(list.ToArray()).ToArray());
    }

    public static Extension MaxFragmentLength(byte code) => new(1, [code]);

    public static Extension StatusRequest(int responderIds = 0, int requestExtensions = 0) => new(5, new WireWriter()
        .UInt8(1 /* status_type ocsp */).Vector16(new byte[responderIds]).Vector16(new byte[requestExtensions]).ToArray());

    public static Extension SupportedGroups(params ushort[] groups) => new(10, List16(groups));

    public static Extension EcPointFormats(params byte[] formats) => new(11, new WireWriter().Vector8(formats).ToArray());

    public static Extension Srp(string userName) => new(12, new WireWriter().Vector8(Encoding.UTF8.GetBytes(userName)).ToArray());

    public static Extension SignatureAlgorithms(params ushort[] schemes) => new(13, List16(schemes));

    public static Extension ApplicationProtocols(params string[] names)
    {
        WireWriter list = new();
        foreach (string name in names)
        {
            list.Vector8(Encoding.UTF8.GetBytes(name));
        }

        return new Extension(16, new WireWriter().Vector16(list.ToArray()).ToArray());
    }

    public static Extension SessionTicket(params byte[] ticket) => new(35, ticket);

    /// <summary>Client's form; the binders are as long as the identities are many.</summary>
    public static Extension PreSharedKey(byte[] identity, byte[] binder) => new(41, new WireWriter()
        .Vector16(new WireWriter().Vector16(identity).UInt16(0).UInt16(0 /* obfuscated_ticket_age */).ToArray())
        .Vector16(new WireWriter().Vector8(binder).ToArray()).ToArray());

    /// <summary>Server's form.</summary>
    public static Extension SelectedPreSharedKey(ushort identity) => new(41, new WireWriter().UInt16(identity).ToArray());

    public static Extension EarlyData() => new(42, []);

    public static Extension SupportedVersions(params ushort[] versions) => new(43, new WireWriter()
        .Vector8(new WireWriter().CodePoints(versions).ToArray()).ToArray());

    public static Extension SelectedVersion(ushort version) => new(43, new WireWriter().UInt16(version).ToArray());

    public static Extension Cookie(params byte[] cookie) => new(44, new WireWriter().Vector16(cookie).ToArray());

    public static Extension PskKeyExchangeModes(params byte[] modes) => new(45, new WireWriter().Vector8(modes).ToArray());

    /// <summary>Client's form: every share is filled with <paramref name="keyExchange"/>.</summary>
    public static Extension KeyShare(byte[] keyExchange, params ushort[] groups)
    {
        WireWriter shares = new();
        foreach (ushort group in groups)
        {
            shares.UInt16(group).Vector16(keyExchange);
        }

        return new Extension(51, new WireWriter().Vector16(shares.ToArray()).ToArray());
    }

    /// <summary>Server's form.</summary>
    public static Extension SelectedKeyShare(ushort group, params byte[] keyExchange) => new(51, new WireWriter()
        .UInt16(group).Vector16(keyExchange).ToArray());

    /// <summary>Form of a HelloRetryRequest.</summary>
    public static Extension RetryKeyShare(ushort group) => new(51, new WireWriter().UInt16(group).ToArray());

    public static Extension RenegotiationInfo() => new(65281, [0]);

    private static byte[] List16(ushort[] values) => new WireWriter().Vector16(new WireWriter().CodePoints(values).ToArray()).ToArray();
}
