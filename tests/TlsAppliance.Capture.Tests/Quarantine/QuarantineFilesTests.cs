using TlsAppliance.Capture.Inputs;
using TlsAppliance.Capture.Quarantine;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing;

namespace TlsAppliance.Capture.Tests.Quarantine;

public class QuarantineFilesTests
{
    private const long Time = 1_770_000_000_123_456_789;

    private static readonly HeldFrame[] Held = [new([0x45, 1, 2], Time - 5, LinkType.Raw), new([0x45, 3, 4, 5], Time - 4, LinkType.Raw)];

    [Fact]
    public void A_file_holds_what_was_held_and_the_frame_at_fault()
    {
        using TemporaryFolder folder = new();
        QuarantineFiles files = New(folder);
        Record(files, Held);
        (string Bytes, long Time, LinkType Link, int Wire)[] expected =
        [
            ("450102", Time - 5, LinkType.Raw, 3), ("45030405", Time - 4, LinkType.Raw, 4), ("0102030405", Time, LinkType.Ethernet, 60),
        ];
        Assert.Equal(expected, Read(Assert.Single(Paths(folder))));
        Assert.Equal((1, 0, 0), (files.Written, files.Dropped, files.Failed));
    }

    [Fact]
    public void A_fault_on_a_tick_has_no_frame()
    {
        using TemporaryFolder folder = new();
        New(folder).Record(Held, new CapturedFrame(default, Time, 0, default));
        Assert.Equal(2, Read(Assert.Single(Paths(folder))).Length);
    }

    [Fact]
    public void Files_of_one_time_have_names_of_their_own_and_are_the_owners_alone()
    {
        using TemporaryFolder folder = new();
        QuarantineFiles files = New(folder);
        Record(files, []);
        Record(files, []);
        string[] names = [.. Paths(folder).Select(path => Path.GetFileName(path)!)];
        Assert.Equal(["20260202T024000.123456789Z-2.pcapng", "20260202T024000.123456789Z.pcapng"], names);
        Assert.All(Paths(folder), path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(path).UnixFileMode));
    }

    [Fact]
    public void The_bounds_hold_over_several_runs_and_what_is_beyond_is_counted()
    {
        using TemporaryFolder folder = new();
        QuarantineFiles first = New(folder, maximumFiles: 2), second;
        for (int i = 0; i < 3; i++)
        {
            Record(first, Held);
        }

        Assert.Equal((2, 1), (first.Written, first.Dropped));
        second = New(folder, maximumFiles: 3);
        Record(second, Held);
        Record(second, Held);
        Assert.Equal((1, 1), (second.Written, second.Dropped));
        Assert.Equal(3, Paths(folder).Length);
    }

    [Fact]
    public void Bytes_are_bounded_too()
    {
        using TemporaryFolder folder = new();
        QuarantineFiles files = New(folder, maximumBytes: 1000);
        Record(files, [new HeldFrame(new byte[900], Time, LinkType.Raw)]);
        Record(files, []);
        Assert.Equal((1, 1), (files.Written, files.Dropped));
        Assert.True(new FileInfo(Paths(folder)[0]).Length < 1000);
    }

    [Fact]
    public void A_directory_that_cannot_be_made_costs_nothing_but_the_file()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Combine("q"), "");
        QuarantineFiles files = New(folder);
        Record(files, Held);
        Assert.Equal((0, 0, 1), (files.Written, files.Dropped, files.Failed));
    }

    private static QuarantineFiles New(TemporaryFolder folder, int maximumFiles = 10, long maximumBytes = 1 << 20) =>
        new(new QuarantineOptions { Directory = folder.Combine("q"), MaximumFiles = maximumFiles, MaximumBytes = maximumBytes });

    private static void Record(QuarantineFiles files, IReadOnlyList<HeldFrame> held) =>
        files.Record(held, new CapturedFrame([1, 2, 3, 4, 5], Time, 60, LinkType.Ethernet));

    private static string[] Paths(TemporaryFolder folder) => [.. Directory.GetFiles(folder.Combine("q")).Order(StringComparer.Ordinal)];

    private static (string Bytes, long Time, LinkType Link, int Wire)[] Read(string path)
    {
        using MergedCaptureSource source = new(CaptureInputs.Resolve([path]));
        List<(string, long, LinkType, int)> frames = [];
        while (source.TryRead(out FrameRun run))
        {
            for (int i = run.Start; i < run.Start + run.Count; i++)
            {
                CapturedFrame frame = run.Block[i];
                frames.Add((Convert.ToHexString(frame.Bytes), frame.Timestamp, frame.LinkType, frame.WireLength));
            }

            run.Block.Release();
        }

        Assert.Empty(source.Faults);
        return [.. frames];
    }
}
