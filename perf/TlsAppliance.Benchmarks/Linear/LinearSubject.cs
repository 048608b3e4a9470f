using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;
using TlsAppliance.Testing.Tls;

namespace TlsAppliance.Benchmarks.Linear;

/// <summary>Something of which an input may have many.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="Size">The first number of them.</param>
/// <param name="Frames">An input with so many.</param>
internal sealed record LinearSubject(string Name, int Size, Func<int, IEnumerable<RecordedFrame>> Frames)
{
    private const int Sessions = 200;
    private const int Ports = 60_000;

    public static IReadOnlyList<LinearSubject> All { get; } =
    [
        new("pending connections", 20_000, flows => Enumerable.Range(0, flows).SelectMany(index => Conversation(index).Send(true, SampleSession.ClientHello(index)).Build())),
        new("segments of one byte in order", 20_000, bytes => Message(bytes, size: 1).Build()),
        new("segments in reverse, 400 at a time", 20_000, bytes => Reversed(Message(bytes, size: 20).Build())),
        new("extensions of a hello", 200, extensions => Each(session => Hello(extensions, session), SampleSession.Tls13ServerFlight)),
        new("certificates of a chain", 16, certificates => Each(_ => SampleSession.ClientHello(), [.. SampleSession.Tls12ServerFlight, .. TlsBytes.Certificate([.. Enumerable.Repeat(SampleSession.Chain[1], certificates)])])),
    ];

    private static TcpConversation Conversation(int index) => new TcpConversation((ushort)(1024 + (index % Ports)), (ushort)(443 + (index / Ports)), (uint)index * 31).Open();

    private static IEnumerable<RecordedFrame> Each(Func<int, byte[]> hello, byte[] answer) =>
        Enumerable.Range(0, Sessions).SelectMany(index => Conversation(index).Send(true, hello(index)).Send(false, answer).Close().Build());

    /// <summary>A certificate message of so many bytes, nothing of which is a certificate.</summary>
    private static TcpConversation Message(int bytes, int size)
    {
        TcpConversation conversation = Conversation(0).Send(true, SampleSession.ClientHello());
        conversation.SegmentSize = size;
        return conversation.Send(false, TlsBytes.Fragmented(TlsBytes.Message(11, new byte[bytes * size]), 16_000)).Close();
    }

    private static IEnumerable<RecordedFrame> Reversed(RecordedFrame[] frames)
    {
        const int opening = 4, together = 400;
        return frames.Take(opening).Concat(frames.Skip(opening).Chunk(together).SelectMany(chunk => chunk.Reverse().Select(frame => frame with { Timestamp = chunk[0].Timestamp })));
    }

    /// <summary>Each session's is another, so that each is read and written in full: of hellos that are alike only the short ones are remembered.</summary>
    private static byte[] Hello(int extensions, int session) => (SampleSession.Client with
    {
        Random = new byte[32],
        Extensions = [.. Enumerable.Range(0, extensions).Select(index => new Extension((ushort)(1000 + (session * extensions) + index), new byte[8]))],
    }).Client();
}
