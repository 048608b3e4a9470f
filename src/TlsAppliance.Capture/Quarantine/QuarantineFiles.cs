using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Quarantine;

/// <summary>
/// One small pcapng file for each flow at which the engine failed: what was held of it, then the frame at fault. For the owner's eyes only (0600). The first files
/// stay, so that a fault that repeats itself neither fills the disk nor pushes the earlier ones out; who has read them deletes them, and there is room again at the next start.
/// </summary>
public sealed class QuarantineFiles : IFrameRecorder
{
    private const string Extension = ".pcapng";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly QuarantineOptions _options;
    private readonly Lock _writing = new();
    private int _files;
    private long _bytes;
    private long _written, _dropped, _failed;

    /// <summary>Counts what earlier runs have left.</summary>
    public QuarantineFiles(QuarantineOptions options)
    {
        _options = options;
        try
        {
            foreach (FileInfo file in new DirectoryInfo(options.Directory).EnumerateFiles("*" + Extension))
            {
                _files++;
                _bytes += file.Length;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // None yet, or none that we may see: writing will tell.
        }
    }

    /// <summary>Files written since the start.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Flows for which there was no room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Flows whose file could not be written.</summary>
    public long Failed => Volatile.Read(ref _failed);

    [SuppressMessage("Design", "CA1031", Justification = "A flow has failed already; that its file fails too must cost nothing more.")]
    public void Record(IReadOnlyList<HeldFrame> held, in CapturedFrame frame)
    {
        try
        {
            byte[] content = PcapngFile.Of(held, frame);
            lock (_writing)
            {
                if (_files >= _options.MaximumFiles || _bytes + content.Length > _options.MaximumBytes)
                {
                    _dropped++;
                    return;
                }

                Write(content, frame.Timestamp);
                _files++;
                _bytes += content.Length;
                _written++;
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    /// <summary>Named by the time of the frame; several of one time are numbered.</summary>
    private void Write(byte[] content, long timestamp)
    {
        Directory.CreateDirectory(_options.Directory);
        for (int copy = 1; ; copy++)
        {
            string path = Path.Combine(_options.Directory, Name(timestamp, copy));
            if (!File.Exists(path))
            {
                using FileStream file = Create(path);
                file.Write(content);
                return;
            }
        }
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    private static string Name(long timestamp, int copy)
    {
        DateTime second = DateTime.UnixEpoch.AddSeconds(Math.DivRem(Math.Max(0, timestamp), NanosecondsPerSecond, out long fraction));
        return string.Create(CultureInfo.InvariantCulture, $"{second:yyyyMMdd'T'HHmmss}.{fraction:D9}Z{(copy == 1 ? "" : "-" + copy)}{Extension}");
    }
}
