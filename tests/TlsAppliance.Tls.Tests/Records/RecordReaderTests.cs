using TlsAppliance.Testing.Cuts;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Records;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Tests.Records;

public class RecordReaderTests
{
    private static readonly byte[] TwoRecords =
        [.. TlsBytes.Record(22, [1, 2, 3]), .. TlsBytes.Record(24, []), .. TlsBytes.Record(23, [4, 5])];

    [Fact]
    public void Result_does_not_depend_on_how_the_bytes_are_cut()
    {
        string expected = "Handshake/3:010203 Heartbeat/0: ApplicationData/2:0405";
        foreach (Cut cut in Cutter.Whole(TwoRecords))
        {
            RecordReader reader = default;
            Assert.Equal(expected, Read(ref reader, cut.Pieces));
        }
    }

    [Fact]
    public void Reads_from_a_prefix_no_more_than_it_holds()
    {
        foreach (byte[] prefix in Cutter.Prefixes(TwoRecords))
        {
            RecordReader reader = default;
            string read = Read(ref reader, [prefix]);
            Assert.StartsWith(read.Length > 20 ? "Handshake/3:010203" : "", read, StringComparison.Ordinal);
            Assert.DoesNotContain("0405", read, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hands_a_fragment_on_in_place()
    {
        byte[] record = TlsBytes.Record(22, new byte[1000]);
        RecordReader reader = default;
        ReadOnlySpan<byte> input = record;
        Assert.Equal(ParseStatus.Complete, reader.Read(ref input, out RecordPiece piece));
        Assert.True(piece.BeginsRecord && piece.EndsRecord);
        Assert.True(piece.Bytes.Overlaps(record));
    }

    [Fact]
    public void A_hole_inside_of_a_record_does_not_cost_the_position()
    {
        byte[] stream = [.. TlsBytes.Record(22, new byte[100]), .. TlsBytes.Record(23, [7])];
        RecordReader reader = default;
        _ = Read(ref reader, [stream[..30]]);
        Assert.True(reader.TrySkip(50));
        Assert.EndsWith("ApplicationData/1:07", Read(ref reader, [stream[80..]]), StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_hole_of_unknown_place_finds_the_next_record_wherever_it_begins()
    {
        byte[] after = [0xDE, 0x16, 0xAD, 0x16, 0x03, .. TlsBytes.Record(23, [7, 8])];
        foreach (Cut cut in Cutter.Whole(after))
        {
            RecordReader reader = default;
            Assert.False(reader.TrySkip(1000));
            Assert.Equal("ApplicationData/2:0708", Read(ref reader, cut.Pieces));
        }
    }

    [Fact]
    public void R20_record_lengths_up_to_the_bound_are_read_and_longer_ones_are_malformed()
    {
        foreach (int length in (int[])[0, 16_384, 16_385, 17_408, 18_432])
        {
            RecordReader reader = default;
            Assert.Contains($"ApplicationData/{length}:", Read(ref reader, [TlsBytes.Record(23, new byte[length])]), StringComparison.Ordinal);
        }

        foreach (int length in (int[])[18_433, 65_535])
        {
            RecordReader reader = default;
            Assert.StartsWith("malformed", Read(ref reader, [TlsBytes.Record(23, new byte[length])]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void R22_unknown_content_types_and_heartbeats_are_stepped_over()
    {
        foreach (byte type in (byte[])[0, 24, 25, 255])
        {
            byte[] stream = [.. TlsBytes.Record(type, [1, 0x40, 0x00]), .. TlsBytes.Record(23, [9])];
            RecordReader reader = default;
            Assert.EndsWith("ApplicationData/1:09", Read(ref reader, [stream]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void R23_only_the_major_version_is_fixed()
    {
        foreach (int version in (int[])[0x0300, 0x0304, 0x037F])
        {
            RecordReader reader = default;
            Assert.Equal("ApplicationData/1:01", Read(ref reader, [TlsBytes.Record(23, [1], version)]));
        }

        foreach (int version in (int[])[0x0000, 0x0200, 0x7F1C, 0xFEFF])
        {
            RecordReader reader = default;
            Assert.StartsWith("malformed", Read(ref reader, [TlsBytes.Record(23, [1], version)]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Mutated_records_end_and_never_throw()
    {
        foreach (byte[] mutation in Cutter.Mutations(TwoRecords, seed: 20, count: 10_000))
        {
            RecordReader reader = default;
            _ = Read(ref reader, [mutation]);
        }
    }

    private static string Read(ref RecordReader reader, byte[][] pieces)
    {
        List<string> read = [];
        foreach (byte[] bytes in pieces)
        {
            ReadOnlySpan<byte> input = bytes;
            while (reader.Read(ref input, out RecordPiece piece) is var status && status != ParseStatus.Incomplete)
            {
                if (status == ParseStatus.Malformed)
                {
                    read.Add("malformed");
                }
                else if (piece.BeginsRecord || read.Count == 0)
                {
                    read.Add($"{piece.Type}/{piece.RecordLength}:{Convert.ToHexString(piece.Bytes)}");
                }
                else
                {
                    read[^1] += Convert.ToHexString(piece.Bytes);
                }
            }

            Assert.True(input.IsEmpty);
        }

        return string.Join(' ', read);
    }
}
