using System.Globalization;
using System.Text;
using System.Text.Json;
using TlsAppliance.Tls.Fingerprints;

namespace TlsAppliance.Tls.Tests.Fingerprints;

/// <summary>Some hundred real hellos, rebuilt from what two independent decoders saw in them; the fingerprints are theirs.</summary>
public sealed class CorpusFingerprintTests
{
    private const int FewestHellos = 500;

    [Fact]
    public void Ja3_and_ja4_of_all_hellos_of_the_corpus()
    {
        int compared = 0;
        foreach (string file in Directory.EnumerateFiles(ReferenceFiles.CorpusTruth, "*.json"))
        {
            using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonElement session in truth.RootElement.GetProperty("sessions").EnumerateArray())
            {
                compared += Compare(session, Path.GetFileName(file));
            }
        }

        Assert.True(compared >= FewestHellos, $"Only {compared} hellos were compared.");
    }

    private static int Compare(JsonElement session, string file)
    {
        if (!session.TryGetProperty("facts", out JsonElement facts) || !session.TryGetProperty("fields", out JsonElement fields) ||
            !facts.TryGetProperty("ja4_r", out JsonElement raw) || !fields.TryGetProperty("tls.client.ja4", out JsonElement hash))
        {
            return 0;
        }

        byte[] held = Rebuild(facts.GetProperty("client"), fields);
        Assert.True(raw.GetString() == FingerprintText.Ja4Text(held, Ja4Form.Raw), $"{file}: {raw} is not {FingerprintText.Ja4Text(held, Ja4Form.Raw)}");
        Assert.Equal(hash.GetString(), FingerprintText.Ja4Text(held, Ja4Form.Hash));
        Assert.Equal(facts.GetProperty("ja3_string").GetString(), FingerprintText.Ja3Text(held));
        Assert.Equal(fields.GetProperty("tls.client.ja3").GetString(), FingerprintText.Ja3Hash(held));
        return 1;
    }

    private static byte[] Rebuild(JsonElement client, JsonElement fields)
    {
        var builder = new HeldHelloBuilder
        {
            Version = Code(client.GetProperty("legacy_version")),
            Ciphers = Codes(client.GetProperty("ciphers_with_grease")),
        };
        foreach (ushort type in Codes(client.GetProperty("extensions")))
        {
            AddExtension(builder, type, client, fields);
        }

        return builder.Build();
    }

    private static void AddExtension(HeldHelloBuilder builder, ushort type, JsonElement client, JsonElement fields)
    {
        switch (type)
        {
            case 10:
                builder.AddList(type, Codes(client, "groups"));
                break;
            case 11:
                builder.AddShortList(type, Bytes(fields, "tls.detailed.client_hello.extensions.ec_points_formats"));
                break;
            case 13:
                builder.AddList(type, Codes(client, "sigalgs"));
                break;
            case 16:
                builder.AddProtocols(Texts(fields, "tls.detailed.client_hello.extensions.application_layer_protocol_negotiation"));
                break;
            case 43:
                builder.AddShortList(type, HeldHelloBuilder.Words(Codes(client, "supported_versions")));
                break;
            default:
                builder.Add(type);
                break;
        }
    }

    private static ushort[] Codes(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement list) ? Codes(list) : [];

    private static ushort[] Codes(JsonElement list) => [.. list.EnumerateArray().Select(Code)];

    private static ushort Code(JsonElement text) => ushort.Parse(text.GetString().AsSpan(2), NumberStyles.HexNumber);

    private static byte[] Bytes(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(value => value.GetByte())] : [];

    private static byte[][] Texts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(text => Encoding.UTF8.GetBytes(text.GetString()!))] : [];
}
