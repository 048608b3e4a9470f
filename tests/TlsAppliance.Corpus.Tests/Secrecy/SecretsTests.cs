using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Conversations;
using TlsAppliance.Testing.Tls;

namespace TlsAppliance.Corpus.Tests.Secrecy;

/// <summary>
/// Keys, tickets, identities and data never reach an event, in no layout and no spelling. Each is filled with a mark of its own, and the mark is looked for.
/// </summary>
public class SecretsTests
{
    private const int MarkLength = 48;

    private static readonly string[] Kinds =
    [
        "client key share", "server key share", "ticket", "identity", "binder", "cookie", "early data", "client key exchange", "server key exchange",
        "certificate verify", "new ticket", "finished", "application data", "unknown extension", "preamble",
    ];

    [Theory]
    [InlineData(EventLayout.Ecs)]
    [InlineData(EventLayout.Classic)]
    public void Nothing_secret_is_in_an_event(EventLayout layout)
    {
        string[] documents = [Event(Session13(), layout), Event(Session12(), layout)];
        foreach (string document in documents)
        {
            foreach (string kind in Kinds)
            {
                Assert.All(Spellings(Mark(kind)), spelling => Assert.DoesNotContain(spelling, document, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    /// <summary>The marks are found where something is shown, so that the test above is no empty one.</summary>
    [Theory]
    [InlineData(EventLayout.Ecs)]
    [InlineData(EventLayout.Classic)]
    public void What_may_be_shown_is_found_by_the_same_search(EventLayout layout)
    {
        string document = Event(Session12(), layout);
        Assert.Contains(Spellings(Mark("session id")[..32]), spelling => document.Contains(spelling, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("\"session_ticket\":\"(48 bytes)\"", document, StringComparison.Ordinal);
    }

    private static TcpConversation Session13()
    {
        Hello client = new()
        {
            SessionId = Mark("session id")[..32],
            Extensions =
            [
                Extension.SupportedVersions(0x0304), Extension.KeyShare(Mark("client key share"), 0x001D), Extension.Cookie(Mark("cookie")), Extension.EarlyData(),
                new Extension(0xFFAA, Mark("unknown extension")), Extension.PreSharedKey(Mark("identity"), Mark("binder")),
            ],
        };
        Hello server = new()
        {
            SessionId = client.SessionId,
            CipherSuites = [0x1301],
            Extensions = [Extension.SelectedVersion(0x0304), Extension.SelectedKeyShare(0x001D, Mark("server key share")), Extension.SelectedPreSharedKey(0)],
        };
        return new TcpConversation().Open()
            .Send(true, [.. client.Client(), .. Data("early data")])
            .Send(false, [.. server.Server(), .. TlsBytes.ChangeCipherSpec(), .. Data("finished")])
            .Send(true, [.. TlsBytes.ChangeCipherSpec(), .. Data("finished"), .. Data("application data")])
            .Send(false, Data("application data")).Close();
    }

    private static TcpConversation Session12()
    {
        Hello client = new()
        {
            SessionId = Mark("session id")[..32],
            Extensions = [Extension.SessionTicket(Mark("ticket")), new Extension(0xFFAA, Mark("unknown extension"))],
        };
        Hello server = new() { Extensions = [Extension.SessionTicket(), new Extension(0xFFAA, Mark("unknown extension"))] };
        return new TcpConversation().Open()
            .Send(true, Mark("preamble"))
            .Send(true, client.Client())
            .Send(false, [.. server.Server(), .. TlsBytes.Handshake(12, [3, 0, 0x1D, MarkLength, .. Mark("server key exchange")]), .. TlsBytes.ServerHelloDone()])
            .Send(true,
            [
                .. TlsBytes.Handshake(16, Mark("client key exchange")), .. TlsBytes.Handshake(15, Mark("certificate verify")), .. TlsBytes.ChangeCipherSpec(),
                .. TlsBytes.Record(22, Mark("finished")),
            ])
            .Send(false,
            [
                .. TlsBytes.Handshake(4, [0, 0, 1, 0, 0, MarkLength, .. Mark("new ticket")]), .. TlsBytes.ChangeCipherSpec(), .. TlsBytes.Record(22, Mark("finished")),
            ])
            .Send(true, Data("application data")).Close();
    }

    private static string Event(TcpConversation conversation, EventLayout layout) => CaptureReplay.Of(conversation.Build(), LinkType.Ethernet, layout).Document;

    private static byte[] Data(string kind) => TlsBytes.Record(TlsBytes.ApplicationDataType, Mark(kind));

    /// <summary>Printable letters, so that they would also be found as text; the same for the same kind.</summary>
    private static byte[] Mark(string kind)
    {
        Random random = new(kind.Sum(letter => letter * letter));
        return [.. Enumerable.Range(0, MarkLength).Select(_ => (byte)('A' + random.Next(26)))];
    }

    /// <summary>Eight bytes from the middle as text and as hexadecimal digits, and in each of the three alignments of Base64.</summary>
    private static IEnumerable<string> Spellings(byte[] mark)
    {
        byte[] piece = mark[8..17];
        yield return Encoding.ASCII.GetString(piece);
        yield return Convert.ToHexString(piece);
        yield return string.Join(':', piece.Select(octet => octet.ToString("X2", null)));
        yield return string.Join(", ", piece);
        yield return string.Join(',', piece);
        for (int offset = 0; offset < 3; offset++)
        {
            yield return Convert.ToBase64String(mark.AsSpan(8 + offset, 9));
        }
    }
}
