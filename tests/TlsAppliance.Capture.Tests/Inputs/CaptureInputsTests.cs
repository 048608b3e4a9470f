using System.Runtime.InteropServices;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests.Inputs;

public sealed partial class CaptureInputsTests : IDisposable
{
    private static readonly byte[] Capture = PcapWriter.Build(SampleFrames.Of(1));

    private readonly TemporaryFiles _files = new();

    private CaptureInputs Resolve(params string[] relativePaths) => CaptureInputs.Resolve(relativePaths.Select(_files.PathOf));

    private static IEnumerable<string> RelativePaths(CaptureInputs inputs) => inputs.Files.Select(file => file.RelativePath);

    [Fact]
    public void F72_reads_a_directory_recursively_in_ordinal_order()
    {
        foreach (string path in new[] { "d/b.pcap", "d/a/z.pcapng", "d/a/B.cap", "d/C.pcap", "d/a.pcap.gz" })
        {
            _files.Write(Capture, path);
        }

        CaptureInputs inputs = Resolve("d");

        Assert.Equal(["C.pcap", "a/B.cap", "a/z.pcapng", "a.pcap.gz", "b.pcap"], RelativePaths(inputs));
        Assert.Equal(["C.pcap", "a__B.cap", "a__z.pcapng", "a.pcap.gz", "b.pcap"], inputs.Files.Select(file => file.OutputName));
        Assert.Equal(5 * Capture.Length, inputs.TotalLength);
    }

    [Fact]
    public void Skips_and_counts_found_files_that_are_no_captures_by_name_and_content()
    {
        _files.Write("text"u8.ToArray(), "d/README.md");
        _files.Write([], "d/empty");
        _files.Write("text"u8.ToArray().Pack("gzip"), "d/notes.gz");
        _files.Write(Capture, "d/.hidden.pcap");
        _files.Write(Capture, "d/rotated.pcap7");
        _files.Write(Capture.Pack("zstd"), "d/unnamed");
        _files.Write("text"u8.ToArray(), "d/damaged.pcap");

        CaptureInputs inputs = Resolve("d");

        Assert.Equal(["damaged.pcap", "rotated.pcap7", "unnamed"], RelativePaths(inputs));
        Assert.Equal(3, inputs.SkippedFiles);
        Assert.Empty(inputs.Faults);
    }

    [Fact]
    public void Takes_a_named_file_as_input_whatever_it_is()
    {
        string path = _files.Write("text"u8.ToArray(), "README.md");

        CaptureReading reading = CaptureReading.OfInputs(path);

        Assert.Equal(new CaptureFault(path, 0, "not a capture file (neither pcap nor pcapng)"), reading.Fault);
    }

    [Fact]
    public void Tells_missing_files_and_patterns_without_match()
    {
        CaptureInputs inputs = Resolve("missing.pcap", "*.pcap", "missing/x.pcap", "missing/*.pcap");

        Assert.Empty(inputs.Files);
        Assert.Equal(
            ["no such file or directory", "nothing matches this pattern", "no such file or directory", "nothing matches this pattern"],
            inputs.Faults.Select(fault => fault.Reason));
        Assert.All(inputs.Faults, fault => Assert.Equal(-1, fault.Offset));
    }

    [Fact]
    public void Expands_patterns_that_the_shell_did_not()
    {
        foreach (string path in new[] { "d/a1.pcap", "d/b1.pcap", "d/e/a2.pcap", "d/e/f/a3.pcap", "d/e/f/note.txt" })
        {
            _files.Write(Capture, path);
        }

        Assert.Equal(["a1.pcap"], RelativePaths(Resolve("d/a*.pcap")));
        Assert.Equal(["a1.pcap", "b1.pcap"], RelativePaths(Resolve("d/[ab]?.pcap")));
        Assert.Equal(["a1.pcap", "e/a2.pcap", "e/f/a3.pcap"], RelativePaths(Resolve("d/**/a*.pcap")).Order(StringComparer.Ordinal));
        Assert.Equal(["e/f/a3.pcap"], RelativePaths(Resolve("d/*/*/*.pcap")));
        Assert.Equal(["a1.pcap", "b1.pcap", "e/a2.pcap", "e/f/a3.pcap", "e/f/note.txt"], RelativePaths(Resolve("d/**")));
        Assert.Equal(5, Resolve("d/**/**/**/*").Files.Count);
    }

    [Fact]
    public void Prefers_a_file_whose_name_looks_like_a_pattern()
    {
        _files.Write(Capture, "a[1].pcap");
        _files.Write(Capture, "a1.pcap");

        Assert.Equal(["a[1].pcap"], RelativePaths(Resolve("a[1].pcap")));
    }

    [Fact]
    public void Reads_the_same_path_once()
    {
        _files.Write(Capture, "d/a.pcap");

        Assert.Single(Resolve("d/a.pcap", "d", "d/../d/a.pcap", "d/*.pcap", "d").Files);
        Assert.Single(CaptureInputs.Resolve(["-", "-"]).Files);
    }

    [Fact]
    public void Gives_every_input_an_output_name_of_its_own()
    {
        _files.Write(Capture, "x/a.pcap");
        _files.Write(Capture, "y/a.pcap");
        _files.Write(Capture, "z/b/c.pcap");
        _files.Write(Capture, "z/b__c.pcap");
        string deep = "z/" + string.Join('/', Enumerable.Repeat(new string('n', 60), 8)) + "/end.pcap";
        _files.Write(Capture, deep);

        string[] names = [.. Resolve("x/a.pcap", "y/a.pcap", "z").Files.Select(file => file.OutputName)];

        Assert.Equal(["a.pcap", "a.pcap~2", "b__c.pcap", "b__c.pcap~2"], names[..4]);
        Assert.EndsWith("__end.pcap", names[4], StringComparison.Ordinal);
        Assert.InRange(names[4].Length, 100, 224);
    }

    [Fact]
    public void F72_follows_links_but_no_loop_twice()
    {
        _files.Write(Capture, "d/a/x.pcap");
        _files.Write(Capture, "other/y.pcap");
        Directory.CreateSymbolicLink(_files.PathOf("d/a/up"), _files.PathOf("d"));
        Directory.CreateSymbolicLink(_files.PathOf("d/other"), _files.PathOf("other"));
        File.CreateSymbolicLink(_files.PathOf("d/self"), _files.PathOf("d/self"));
        File.CreateSymbolicLink(_files.PathOf("d/dangling.pcap"), _files.PathOf("nowhere"));

        CaptureInputs inputs = Resolve("d");

        Assert.Equal(["a/x.pcap", "other/y.pcap"], RelativePaths(inputs));
        Assert.Equal(["a/x.pcap", "other/y.pcap"], RelativePaths(Resolve("d/**/*.pcap")).Order(StringComparer.Ordinal));
        Assert.Equal(2, inputs.SkippedFiles);
    }

    [Fact]
    public async Task F72_reads_a_named_pipe_and_leaves_found_ones_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes are made with mkfifo.");
        string named = _files.PathOf("d/pipe.pcap");
        _files.Write(Capture, "d/a.pcap");
        Assert.Equal(0, MakePipe(named, 0x1b6));

        Assert.Equal(["a.pcap"], RelativePaths(Resolve("d")));
        CaptureInputs inputs = CaptureInputs.Resolve([named]);
        Assert.Equal(-1, inputs.TotalLength);
        Assert.False(inputs.CanBeReadAgain);

        Task writer = Task.Run(() => File.WriteAllBytes(named, Capture), TestContext.Current.CancellationToken);
        CaptureReading reading = CaptureReading.OfInputs(_files.PathOf("d/a.pcap"), named);
        await writer;

        Assert.Empty(reading.Faults);
        Assert.Equal(2, reading.Frames.Count);
        Assert.Equal([0, 1], reading.Origins.Select(origin => origin.Input));
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);

    [Theory]
    [InlineData("/dev/null", "the file is empty")]
    [InlineData("/dev/zero", "not a capture file (neither pcap nor pcapng)")]
    public void F72_reads_devices_as_far_as_they_go(string device, string reason)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there are these devices.");

        Assert.Equal(new CaptureFault(device, 0, reason), CaptureReading.OfInputs(device).Fault);
    }

    [Fact]
    public void F72_tells_files_and_directories_without_permission()
    {
        string file = _files.Write(Capture, "d/a.pcap");
        string directory = Path.GetDirectoryName(_files.Write(Capture, "d/e/b.pcap"))!;
        SetMode(file, UnixFileMode.None);
        SetMode(directory, UnixFileMode.None);
        SetMode(_files.PathOf("."), (UnixFileMode)0b111_101_101);

        CaptureReading reading = OrdinaryUser.Run(() => CaptureReading.OfInputs(_files.PathOf("d")));
        SetMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(["permission denied", "permission denied"], reading.Faults.Select(fault => fault.Reason));
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    [Fact]
    public void F74_reads_files_of_any_name_and_tells_them_in_one_line()
    {
        string[] names = ["new\nline.pcap", "..pcap..pcap", "esc\u001b[31m.pcap", "right\u202eleft.pcap", "-"];
        foreach (string name in names)
        {
            _files.Write([.. Capture, 1], "d/x" + name);
        }

        CaptureReading reading = CaptureReading.OfInputs(_files.PathOf("d/sub/../"));
        CaptureReading byPattern = CaptureReading.OfInputs(_files.PathOf("d/x*"));

        Assert.Equal("no such file or directory", reading.Fault.Reason);
        Assert.Equal(names.Length, byPattern.Frames.Count);
        Assert.All(byPattern.Faults, fault => Assert.DoesNotContain(fault.ToString(), character => char.IsControl(character) || character == '\u202e'));
        Assert.Contains(byPattern.Faults, fault => fault.ToString().EndsWith("xnew\\u000aline.pcap: byte 100: the file ends inside a record header", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_named_like_standard_input_is_a_file()
    {
        _files.Write(Capture, "d/-");

        Assert.False(Assert.Single(Resolve("d").Files).IsStandardInput);
        Assert.True(Assert.Single(CaptureInputs.Resolve(["-"]).Files).IsStandardInput);
    }

    public void Dispose() => _files.Dispose();
}
