namespace TlsAppliance.Architecture.Tests;

/// <summary>What never appears in a room, whatever the compiler would allow (src/README.md).</summary>
public class BanTests
{
    private static readonly string[] Clocks =
    [
        "System.DateTime::get_Now", "System.DateTime::get_UtcNow", "System.DateTimeOffset::get_Now", "System.DateTimeOffset::get_UtcNow",
        "System.Environment::get_TickCount", "System.Environment::get_TickCount64", "System.Diagnostics.Stopwatch",
    ];

    private static readonly string[] Files =
    [
        "System.IO.File", "System.IO.FileStream", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.RandomAccess",
    ];

    private static readonly string[] Network = ["System.Net.Sockets.*", "System.Net.Http.*", "System.Net.Dns"];

    private static readonly string[] Threads = ["System.Threading.Thread", "System.Threading.Monitor", "System.Threading.Lock", "System.Threading.Timer"];

    private static readonly string[] Tasks = ["System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1", "System.Threading.Channels.*"];

    private static readonly string[] Console = ["System.Console"];

    private static readonly string[] Logging = ["Microsoft.Extensions.Logging.*"];

    private static readonly string[] Actors = ["Akka.*"];

    private static readonly string[] NativeCapture = ["SharpPcap.*", "PacketDotNet.*"];

    /// <summary>A regular expression over bytes from the wire needs a time bound; none is needed at all.</summary>
    private static readonly string[] Regex = ["System.Text.RegularExpressions.Regex"];

    public static TheoryData<string, string[]> Bans => new()
    {
        { "TlsAppliance.Network", [.. Clocks, .. Files, .. Network, .. Threads, .. Tasks, .. Console, .. Logging, .. Actors, .. NativeCapture, .. Regex] },
        { "TlsAppliance.Tls", [.. Clocks, .. Files, .. Network, .. Threads, .. Tasks, .. Console, .. Logging, .. Actors, .. NativeCapture, .. Regex] },
        { "TlsAppliance.Events", [.. Clocks, .. Files, .. Network, .. Threads, .. Tasks, .. Console, .. Logging, .. Actors, .. NativeCapture, .. Regex] },
        { "TlsAppliance.Capture", [.. Console, .. Actors, .. Network, .. Regex] },
        { "TlsAppliance.Sinks", [.. Console, .. Actors, .. NativeCapture] },
        { "TlsAppliance.Pipeline", [.. Files, .. Network, .. Console, .. NativeCapture, .. Regex, "System.DateTime::get_Now", "System.DateTime::get_UtcNow"] },
    };

    /// <summary>Standard input and output are streams like any other for the edges.</summary>
    private static readonly string[] Excepted = ["System.Console::OpenStandardInput", "System.Console::OpenStandardOutput"];

    [Theory]
    [MemberData(nameof(Bans))]
    public void A_room_touches_nothing_on_its_ban_list(string name, string[] bans)
    {
        Room room = Room.Load(name);
        string[] banned = [.. room.Members.Except(Excepted).Where(member => bans.Any(ban => Hits(ban, member)))];
        Assert.Empty(banned);
    }

    private static bool Hits(string ban, string member)
    {
        if (ban.Contains("::", StringComparison.Ordinal))
        {
            return member == ban;
        }

        string type = member[..member.IndexOf("::", StringComparison.Ordinal)];
        return ban.EndsWith('*') ? type.StartsWith(ban[..^1], StringComparison.Ordinal) : type == ban;
    }
}
