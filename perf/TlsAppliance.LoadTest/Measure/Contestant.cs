namespace TlsAppliance.LoadTest.Measure;

/// <summary>A program that reads the same capture.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="Passes">Times that one run reads the capture.</param>
/// <param name="Command">Program and arguments.</param>
internal sealed record Contestant(string Name, int Passes, IReadOnlyList<string> Command)
{
    private static readonly string[] TlsFields =
    [
        "tls.handshake.type", "tls.handshake.version", "tls.handshake.random", "tls.handshake.ciphersuite", "tls.handshake.extensions_server_name",
        "tls.handshake.extensions_alpn_str", "tls.handshake.ja3", "tls.handshake.ja3s", "tls.handshake.extensions_supported_group",
        "tls.handshake.sig_hash_alg", "x509sat.printableString", "x509ce.dNSName", "tls.alert_message.desc",
    ];

    /// <summary>The product: every event is rendered in full, and thrown away unless a directory for them is given.</summary>
    public static Contestant Appliance(
        string name, string program, string capture, int passes, int shards = 1, string? events = null, string? report = null, int limit = 0) => new(
        name, passes,
        ApplianceCommand.Of(program,
        [
            "replay", capture, "--quiet", "--loop", $"{passes}", "--shards", $"{shards}",
            .. events is null ? ["-o", "none"] : new[] { "-o", "file", "-E", $"output.file.path={events}", "-E", "output.file.filename=events" },
            .. report is null ? [] : new[] { "--report", report },
            .. limit == 0 ? [] : new[] { "--limit", $"{limit}" },
        ]));

    public static IEnumerable<Contestant> Others(string capture, bool withTshark)
    {
        yield return new Contestant("tcpdump -w /dev/null", 1, ["tcpdump", "-nr", capture, "-w", "/dev/null"]);
        yield return new Contestant("ndpiReader", 1, ["ndpiReader", "-q", "-i", capture, "-C", "/dev/null"]);
        if (withTshark)
        {
            yield return new Contestant(
                "tshark", 1,
                ["tshark", "-n", "-r", capture, "-Y", "tls.handshake || tls.alert_message", "-T", "ek", .. TlsFields.SelectMany(field => new[] { "-e", field })]);
        }
    }

    /// <summary>The name alone tells contestants of one measurement apart.</summary>
    public bool Equals(Contestant? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
