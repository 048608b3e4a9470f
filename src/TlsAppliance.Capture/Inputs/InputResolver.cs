using TlsAppliance.Capture.Files;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Inputs;

/// <summary>Walks directories and patterns for <see cref="CaptureInputs"/>.</summary>
internal sealed class InputResolver
{
    private const string StandardInputName = "stdin";

    private readonly List<CaptureInput> _files = [];
    private readonly List<CaptureFault> _faults = [];
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputNames = new(StringComparer.Ordinal);

    /// <summary>Directories walked so far, by identity: a symbolic link that leads back ends there.</summary>
    private readonly HashSet<string> _walkedDirectories = new(StringComparer.Ordinal);

    private int _skippedFiles;

    public CaptureInputs ToInputs() => new(_files, _faults, _skippedFiles);

    public void Add(string argument)
    {
        if (argument == CaptureInput.StandardInputPath)
        {
            AddFile(argument, StandardInputName, CaptureInput.UnknownLength);
            return;
        }

        FileStatus status = FileStatus.Of(argument);
        switch (status.Kind)
        {
            case FileKind.Directory:
                Walk(argument, relativePath: string.Empty, status);
                break;
            case FileKind.Denied:
                _faults.Add(CaptureFaults.NotOpened(argument, CaptureFaults.PermissionDenied));
                break;
            case FileKind.Missing when GlobPattern.IsPattern(argument):
                Expand(argument);
                break;
            case FileKind.Missing:
                _faults.Add(CaptureFaults.NotOpened(argument, CaptureFaults.NoSuchFile));
                break;
            default:
                AddFile(argument, Path.GetFileName(argument), status.Length);
                break;
        }
    }

    private void AddFile(string path, string relativePath, long length)
    {
        if (IsNew(path))
        {
            _files.Add(new CaptureInput(path, relativePath, OutputName.For(relativePath, _outputNames), length));
        }
    }

    private bool IsNew(string path) => _paths.Add(path == CaptureInput.StandardInputPath ? path : Path.GetFullPath(path));

    private void Walk(string directory, string relativePath, FileStatus status)
    {
        if (!_walkedDirectories.Add(status.Identity))
        {
            return;
        }

        foreach (string name in NamesIn(directory))
        {
            if (name.StartsWith('.'))
            {
                continue;
            }

            AddFound(Path.Combine(directory, name), Join(relativePath, name));
        }
    }

    private string[] NamesIn(string directory)
    {
        try
        {
            string[] names = Array.ConvertAll(Directory.GetFileSystemEntries(directory), path => Path.GetFileName(path));
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _faults.Add(CaptureFaults.NotOpened(directory, error));
            return [];
        }
    }

    private static string Join(string relativePath, string name) => relativePath.Length == 0 ? name : $"{relativePath}/{name}";

    private void AddFound(string path, string relativePath)
    {
        FileStatus status = FileStatus.Of(path);
        if (status.Kind == FileKind.Directory)
        {
            Walk(path, relativePath, status);
        }
        else if (status.Kind == FileKind.Regular && CaptureRecognition.IsCapture(path))
        {
            AddFile(path, relativePath, status.Length);
        }
        else
        {
            _skippedFiles++;
        }
    }

    private void Expand(string argument)
    {
        int before = _files.Count + _skippedFiles + _faults.Count;
        GlobPattern pattern = GlobPattern.Parse(argument);
        Expand(pattern, segment: 0, pattern.Root, relativePath: string.Empty, []);
        if (_files.Count + _skippedFiles + _faults.Count == before)
        {
            _faults.Add(CaptureFaults.NotOpened(argument, CaptureFaults.NoMatch));
        }
    }

    /// <summary><paramref name="walked"/> holds what is done already: several <c>**</c>, or links that lead back, would repeat it.</summary>
    private void Expand(GlobPattern pattern, int segment, string directory, string relativePath, HashSet<(int Segment, string Directory)> walked)
    {
        FileStatus status = FileStatus.Of(directory);
        if (status.Kind != FileKind.Directory || !walked.Add((segment, status.Identity)))
        {
            return;
        }

        string wanted = pattern.Segments[segment];
        bool isLast = segment == pattern.Segments.Count - 1;
        bool isAnyDirectories = GlobPattern.IsAnyDirectories(wanted);
        if (isAnyDirectories && !isLast)
        {
            Expand(pattern, segment + 1, directory, relativePath, walked);
        }

        foreach (string name in NamesIn(directory))
        {
            if (!GlobPattern.IsMatch(wanted, name))
            {
                continue;
            }

            string path = Path.Combine(directory, name);
            if (isLast)
            {
                AddFound(path, Join(relativePath, name));
            }
            else
            {
                Expand(pattern, isAnyDirectories ? segment : segment + 1, path, Join(relativePath, name), walked);
            }
        }
    }
}
