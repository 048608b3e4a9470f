using System.Globalization;
using System.Text;
using TlsAppliance.Configuration;

namespace TlsAppliance.Logs;

/// <summary>
/// Log files as Beats names them: <c>name-20260131.ndjson</c>, <c>name-20260131-1.ndjson</c> … A new one is begun at a size and with each day; the oldest
/// beyond a number are removed. A disk that is full costs lines, which are counted, and nothing else.
/// </summary>
internal sealed class RotatingLogFile : ILogTarget
{
    private const string Extension = ".ndjson";
    private const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private readonly LoggingOptions _options;
    private readonly string _directory;
    private readonly TimeProvider _time;
    private FileStream? _file;
    private DateOnly _day;

    /// <param name="directory">Made when missing.</param>
    public RotatingLogFile(LoggingOptions options, string directory, TimeProvider time)
    {
        (_options, _directory, _time) = (options, directory, time);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, DirectoryMode);
        }
    }

    /// <summary>Lines that could not be written.</summary>
    public long Lost { get; private set; }

    public void Write(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        try
        {
            DateOnly today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
            if (_file is null || today != _day || _file.Length + bytes.Length > _options.RotateAtBytes)
            {
                Rotate(today, bytes.Length);
            }

            _file!.Write(bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Lost++;
            Reopen();
        }
    }

    public void Reopen()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is lost either way.
        }

        _file = null;
    }

    private void Rotate(DateOnly today, int length)
    {
        Reopen();
        string stem = Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{_options.FilesName}-{today:yyyyMMdd}"));
        string path = stem + Extension;
        for (int number = 1; File.Exists(path) && new FileInfo(path).Length + length > _options.RotateAtBytes; number++)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}{Extension}");
        }

        var open = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = _options.FilesMode;
        }

        _file = new FileStream(path, open);
        _day = today;
        RemoveOldest(path);
    }

    private void RemoveOldest(string current)
    {
        IEnumerable<FileInfo> others = new DirectoryInfo(_directory)
            .EnumerateFiles(_options.FilesName + "-*" + Extension)
            .Where(file => file.FullName != Path.GetFullPath(current))
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .ThenByDescending(file => file.Name, StringComparer.Ordinal);
        foreach (FileInfo file in others.Skip(_options.KeptFiles))
        {
            file.Delete();
        }
    }

    public void Dispose() => Reopen();
}
