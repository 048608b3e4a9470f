using TlsAppliance.Testing.Cuts;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Records;

namespace TlsAppliance.Tls.Tests.Handshake;

public class HandshakeReaderTests
{
    private const int MaxMessage = 4096;

    private static readonly byte[] Messages =
    [
        .. TlsBytes.Message(2, [1, 2, 3]), .. TlsBytes.Message(14), .. TlsBytes.Message(4, new byte[300]), .. TlsBytes.Message(11, [9, 8]),
    ];

    [Fact]
    public void Result_does_not_depend_on_how_the_messages_are_spread_over_fragments()
    {
        foreach (Cut cut in Cutter.Whole(Messages))
        {
            Assert.Equal("ServerHello:010203 ServerHelloDone: NewSessionTicket: Certificate:0908", Read(cut.Pieces));
        }
    }

    [Fact]
    public void Announces_of_a_prefix_only_whole_messages()
    {
        foreach (byte[] prefix in Cutter.Prefixes(Messages))
        {
            string read = Read([prefix]);
            Assert.DoesNotContain("Certificate:", read, StringComparison.Ordinal);
            Assert.Equal(prefix.Length >= 7, read.Contains("ServerHello:010203", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_message_in_one_piece_takes_no_buffer()
    {
        HandshakeBufferPool buffers = new();
        HandshakeReader reader = default;
        ReadOnlySpan<byte> fragment = Messages;
        Assert.True(reader.Read(ref fragment, buffers, MaxMessage, out HandshakeMessage message));
        Assert.True(message.Body.Overlaps(Messages));
        Assert.Equal(0, buffers.RentedBytes);
    }

    [Fact]
    public void Messages_that_nobody_reads_take_no_buffer()
    {
        HandshakeBufferPool buffers = new();
        HandshakeReader reader = default;
        ReadOnlySpan<byte> fragment = TlsBytes.Message(4, new byte[100_000]).AsSpan(0, 60_000);
        Assert.False(reader.Read(ref fragment, buffers, MaxMessage, out _));
        Assert.Equal(0, buffers.RentedBytes);
    }

    [Fact]
    public void A_pending_message_costs_what_came_of_it_and_not_what_it_claims()
    {
        HandshakeBufferPool buffers = new();
        HandshakeReader reader = default;
        ReadOnlySpan<byte> fragment = new WireWriter().UInt8(11).UInt24(1_000_000).Bytes(new byte[600]).ToArray();
        Assert.False(reader.Read(ref fragment, buffers, 1 << 20, out _));
        Assert.Equal(608, buffers.RentedBytes);
        reader.Reset(buffers);
        Assert.Equal(0, buffers.RentedBytes);
    }

    [Fact]
    public void H31_message_lengths_of_zero_one_and_the_maximum()
    {
        Assert.Equal("ClientHello: Certificate:0908", Read([[.. TlsBytes.Message(1), .. TlsBytes.Message(11, [9, 8])]]));
        Assert.Equal("ClientHello:07", Read([TlsBytes.Message(1, [7])]));
        Assert.Equal("Certificate:skipped", Read([new WireWriter().UInt8(11).UInt24(0xFFFFFF).Bytes(new byte[5000]).ToArray()]));
    }

    [Fact]
    public void A_message_over_the_bound_is_passed_over_and_the_next_one_read()
    {
        byte[] messages = [.. TlsBytes.Message(11, new byte[MaxMessage + 1]), .. TlsBytes.Message(2, [5])];
        foreach (int fragment in (int[])[1, 7, 1000, 10_000])
        {
            Assert.Equal("Certificate:skipped ServerHello:05", Read([.. messages.Chunk(fragment)]));
        }
    }

    [Fact]
    public void A_hole_inside_of_a_message_costs_that_message_only()
    {
        HandshakeBufferPool buffers = new();
        HandshakeReader reader = default;
        byte[] messages = [.. TlsBytes.Message(11, new byte[100]), .. TlsBytes.Message(2, [5])];
        ReadOnlySpan<byte> fragment = messages.AsSpan(0, 50);
        Assert.False(reader.Read(ref fragment, buffers, MaxMessage, out _));
        Assert.True(reader.Skip(40, buffers));
        fragment = messages.AsSpan(90);
        Assert.True(reader.Read(ref fragment, buffers, MaxMessage, out HandshakeMessage message));
        Assert.Equal(HandshakeType.ServerHello, message.Type);
        Assert.Equal(0, buffers.RentedBytes);
    }

    [Fact]
    public void After_a_hole_of_unknown_extent_goes_on_with_a_record_that_begins_with_a_message()
    {
        HandshakeBufferPool buffers = new();
        HandshakeReader reader = default;
        _ = reader.Lose(buffers);
        byte[] middle = [0x0B, 0xFF, 0xFF, 0xFF, 1, 2, 3];
        byte[] message = TlsBytes.Message(14);
        Assert.Equal("", Read(ref reader, buffers, middle));
        Assert.Equal("ServerHelloDone:", Read(ref reader, buffers, message));
    }

    [Fact]
    public void Mutated_messages_end_and_never_throw()
    {
        foreach (byte[] mutation in Cutter.Mutations(Messages, seed: 31, count: 10_000))
        {
            _ = Read([.. mutation.Chunk(1 + mutation.Length / 3)]);
        }
    }

    private static string Read(byte[][] pieces)
    {
        HandshakeBufferPool buffers = new();
        HandshakeReader reader = default;
        string read = string.Join(' ', pieces.Select(piece => Read(ref reader, buffers, piece)).Where(text => text.Length > 0));
        reader.Reset(buffers);
        Assert.Equal(0, buffers.RentedBytes);
        return read;
    }

    private static string Read(ref HandshakeReader reader, HandshakeBufferPool buffers, byte[] piece)
    {
        List<string> read = [];
        reader.BeginRecord(new RecordPiece(ContentType.Handshake, piece.Length, piece, 0));
        ReadOnlySpan<byte> fragment = piece;
        while (reader.Read(ref fragment, buffers, MaxMessage, out HandshakeMessage message))
        {
            read.Add($"{message.Type}:{(message.IsSkipped ? "skipped" : Convert.ToHexString(message.Body))}");
        }

        Assert.True(fragment.IsEmpty);
        return string.Join(' ', read);
    }
}
