using TlsAppliance.Capture.Inputs;
using TlsAppliance.Capture.Places;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests.Places;

public class FrameSearchTests
{
    private const int Frames = 3_000;

    /// <summary>More than two blocks, so that frames lie behind what was carried over.</summary>
    private static readonly RecordedFrame[] Recorded = [.. Enumerable.Range(0, Frames).Select(index => new RecordedFrame(Bytes(index), 1_000_000_000L + index * 1_000))];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_234)]
    [InlineData(Frames - 1)]
    public void A_frame_is_found_by_number_and_at_its_byte(int index)
    {
        using TemporaryFolder folder = new();
        string path = folder.Combine("a.pcap");
        byte[] file = PcapWriter.Build(Recorded);
        File.WriteAllBytes(path, file);
        FramePlace place = Assert.Single(Find(path, index)).Value;
        Assert.Equal((path, index + 1), (place.Path, place.Number));
        Assert.Equal(Recorded[index].Bytes, file[(int)place.Offset..((int)place.Offset + Recorded[index].Bytes.Length)]);
    }

    [Fact]
    public void Frames_of_several_files_are_found_in_theirs()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.Combine("a.pcap"), PcapWriter.Build(Recorded[..10]));
        File.WriteAllBytes(folder.Combine("b.pcap"), PcapWriter.Build(Recorded[10..20]));
        Assert.Equal([("a.pcap", 3L), ("b.pcap", 6L)], Find(folder.Path, 2, 15).Values.Select(place => (Path.GetFileName(place.Path), place.Number)));
    }

    [Fact]
    public void What_is_not_there_is_not_found()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.Combine("a.pcap"), PcapWriter.Build(Recorded[..10]));
        Assert.Empty(Find(folder.Path, 11));
        Assert.Empty(Find("-", 1));
    }

    private static IReadOnlyDictionary<(long Timestamp, int Length), FramePlace> Find(string input, params int[] indices) =>
        FrameSearch.Find(CaptureInputs.Resolve([input]), indices.Select(index => (Recorded[index].Timestamp, Recorded[index].Bytes.Length)), CancellationToken.None);

    private static byte[] Bytes(int index)
    {
        byte[] bytes = new byte[700 + index % 97];
        new Random(index).NextBytes(bytes);
        return bytes;
    }
}
