using TlsAppliance.Capture.Files;

namespace TlsAppliance.Capture.Inputs;

/// <summary>Whether a file that was found (not named) is a capture: by its name or by its first bytes.</summary>
internal static class CaptureRecognition
{
    private static readonly string[] CaptureExtensions = [".pcap", ".pcapng", ".cap", ".dmp"];
    private static readonly string[] CompressionExtensions = [".gz", ".zst", ".lz4"];

    /// <summary>A file with the name of a capture but other content is one too: a damaged one, which must be told.</summary>
    public static bool IsCapture(string path) => HasCaptureName(path) || HasCaptureMagic(path);

    private static bool HasCaptureName(string path)
    {
        string name = Path.GetFileName(path);
        if (EndsWithAny(name, CompressionExtensions))
        {
            name = Path.GetFileNameWithoutExtension(name);
        }

        return EndsWithAny(name, CaptureExtensions);
    }

    private static bool EndsWithAny(string name, string[] extensions) =>
        Array.Exists(extensions, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>A file that cannot be read and has no capture's name counts as none.</summary>
    private static bool HasCaptureMagic(string path)
    {
        try
        {
            using StoredBytes stored = new(StoredBytes.Open(path));
            using Stream content = Compressions.Recognise(stored.Peek()).Unwrap(stored);
            Span<byte> magic = stackalloc byte[CaptureFormat.MagicLength];
            int read = content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            return read == magic.Length && CaptureFormat.Recognise(magic) is not null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return false;
        }
    }
}
