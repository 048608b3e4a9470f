using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace TlsAppliance.LoadTest.Generate;

/// <summary>One JSON line per TLS session: what the events of a run must say.</summary>
internal sealed class SessionTruth : IDisposable
{
    private readonly StreamWriter _file;

    public SessionTruth(string path) => _file = new StreamWriter(path, append: false, new UTF8Encoding(false));

    public void Write(HandshakeScript script, ForgedFlow flow, ReadOnlySpan<byte> fresh)
    {
        _file.WriteLine(JsonSerializer.Serialize(new
        {
            kind = script.Kind.ToString(),
            client = Text(flow.ClientAddress, flow.IsIPv6),
            client_port = flow.ClientPort,
            server = Text(flow.ServerAddress, flow.IsIPv6),
            server_port = flow.ServerPort,
            sni = Convert.ToHexStringLower(fresh[96..]) + "." + script.Server.Domain,
            version = script.Version,
            cipher = script.CipherSuite,
            resumed = script.Resumed,
            established = script.Established,
            ja3 = script.Hello.Ja3,
            client_random = Convert.ToHexStringLower(fresh[..32]),
            leaf_sha256 = script.ShowsCertificates ? script.Server.LeafSha256 : null,
            chain = script.ShowsCertificates ? script.Server.Chain.Length : 0,
            client_certificate = script.ShowsClientCertificate,
            alert = script.Alert?.Code,
        }));
    }

    public void Dispose() => _file.Dispose();

    private static string Text(UInt128 address, bool isIPv6)
    {
        if (!isIPv6)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(byte)(address >> 24)}.{(byte)(address >> 16)}.{(byte)(address >> 8)}.{(byte)address}");
        }

        byte[] bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new IPAddress(bytes).ToString();
    }
}
