using System.Net;
using System.Text.Json;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Fragments;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing;

namespace TlsAppliance.Network.Tests.Frames;

/// <summary>Real captures of every link type and carrier: the endpoints of all known TLS sessions must come out of them.</summary>
public class CorpusDecodeTests
{
    [Fact]
    public void Finds_the_endpoints_of_every_required_session_of_the_corpus()
    {
        string corpus = Corpus();

        List<string> missing = [];
        int sessions = 0;
        foreach (string truth in Directory.EnumerateFiles(Path.Combine(corpus, "truth"), "*.json").Order(StringComparer.Ordinal))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(truth));
            string capture = document.RootElement.GetProperty("capture").GetString()!;
            Dictionary<DecodeStatus, int> statuses = [];
            HashSet<string> keys = DecodeAll(Path.Combine(corpus, "pcaps", capture), statuses);
            foreach (JsonElement session in document.RootElement.GetProperty("sessions").EnumerateArray())
            {
                if (session.GetProperty("expect").GetString() != "required")
                {
                    continue;
                }

                sessions++;
                string client = Endpoint(session.GetProperty("client")), server = Endpoint(session.GetProperty("server"));
                if (!keys.Contains($"{client} {server}"))
                {
                    missing.Add($"{capture}: {client} {server} ({session.GetProperty("stack").GetString()}) {string.Join(", ", statuses)}");
                }
            }
        }

        Assert.True(missing.Count == 0, string.Join("\n", missing));
        Assert.True(sessions > 900, $"{sessions} sessions only");
    }

    private static HashSet<string> DecodeAll(string path, Dictionary<DecodeStatus, int> statuses)
    {
        HashSet<string> keys = [];
        FragmentReassembler fragments = new(new FragmentOptions());
        DecodedFrame decoded = default;
        foreach ((byte[] bytes, LinkType linkType, int number) in CorpusCapture.Frames(File.ReadAllBytes(path)))
        {
            DecodeStatus status = FrameDecoder.Decode(bytes, linkType, ref decoded);
            byte[] source = bytes;
            while (status == DecodeStatus.Fragment)
            {
                FragmentHeader header = decoded.Fragment;
                ReadOnlySpan<byte> data = source.AsSpan(header.DataOffset, header.DataLength);
                if (fragments.Add(header, data, number, out ReadOnlySpan<byte> datagram) != FragmentOutcome.Completed)
                {
                    break;
                }

                source = datagram.ToArray();
                status = FrameDecoder.DecodeDatagram(source, header, ref decoded);
            }

            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (status == DecodeStatus.Tcp)
            {
                string low = Endpoint(decoded.Key, isLow: true), high = Endpoint(decoded.Key, isLow: false);
                keys.Add($"{low} {high}");
                keys.Add($"{high} {low}");
            }
        }

        return keys;
    }

    private static string Endpoint(JsonElement side) =>
        $"{IPAddress.Parse(side.GetProperty("ip").GetString()!)}:{side.GetProperty("port").GetInt32()}";

    private static string Endpoint(in FlowKey key, bool isLow)
    {
        byte[] bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, isLow ? key.LowAddress : key.HighAddress);
        IPAddress address = key.IpVersion == 4 ? new IPAddress(bytes.AsSpan(12)) : new IPAddress(bytes);
        return $"{address}:{(isLow ? key.LowPort : key.HighPort)}";
    }

    private static string Corpus()
    {
        string? corpus = RepositoryRoot.Shared("corpus");
        if (corpus is null)
        {
            Assert.False(RepositoryRoot.IsContinuousIntegration, "The corpus must be there in CI.");
            Assert.Skip("The corpus (../shared/corpus) is not here.");
        }

        return corpus!;
    }
}
