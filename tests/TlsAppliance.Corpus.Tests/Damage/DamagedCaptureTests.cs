using TlsAppliance.Testing;

namespace TlsAppliance.Corpus.Tests.Damage;

/// <summary>No capture, cut or changed at any byte, makes the process fail, costs a flow by a fault of ours, or yields an event that is no JSON.</summary>
public class DamagedCaptureTests
{
    private const int LongestCut = 64 * 1024;
    private const int LongestChanged = 512 * 1024;
    private const int CutsPerCapture = 12;
    private const int ChangesPerCapture = 2;

    /// <summary>File header and the first record header of every format.</summary>
    private const int HeaderBytes = 64;

    /// <summary>Enough to tell formats, byte orders and compressions apart.</summary>
    private const int MagicBytes = 4;

    [Fact]
    public void Cut_anywhere()
    {
        Random random = new(20_260_801);
        Damage(LongestCut, capture => Enumerable.Range(0, CutsPerCapture).Select(_ => capture[..random.Next(capture.Length)]));
    }

    [Fact]
    public void Cut_at_every_byte_of_the_headers_of_each_format()
    {
        HashSet<string> formats = [];
        Damage(LongestCut, capture => formats.Add(Convert.ToHexString(capture.AsSpan(0, Math.Min(MagicBytes, capture.Length))))
            ? Enumerable.Range(0, Math.Min(HeaderBytes, capture.Length)).Select(length => capture[..length])
            : []);
    }

    [Fact]
    public void Changed_anywhere()
    {
        Random random = new(20_260_802);
        Damage(LongestChanged, capture => Enumerable.Range(0, ChangesPerCapture).Select(_ => Changed(capture, random)));
    }

    /// <summary>One to sixteen bytes have other values, by one bit or at random.</summary>
    private static byte[] Changed(byte[] capture, Random random)
    {
        byte[] changed = [.. capture];
        for (int changes = random.Next(1, 17); changes > 0; changes--)
        {
            int at = random.Next(changed.Length);
            changed[at] = random.Next(2) == 0 ? (byte)(changed[at] ^ (1 << random.Next(8))) : (byte)random.Next(256);
        }

        return changed;
    }

    private static void Damage(int longest, Func<byte[], IEnumerable<byte[]>> damage)
    {
        using TemporaryFolder folder = new();
        foreach (string path in Captures().Where(path => new FileInfo(path).Length <= longest))
        {
            int variant = 0;
            foreach (byte[] damaged in damage(File.ReadAllBytes(path)))
            {
                Replay(Path.Combine(folder.Path, "input" + Path.GetExtension(path)), damaged, $"{path}, variant {variant++}");
            }
        }
    }

    private static void Replay(string path, byte[] damaged, string what)
    {
        File.WriteAllBytes(path, damaged);
        Exception? escaped = Record.Exception(() => Assert.Equal(0, CaptureReplay.Of(path).Quarantines));
        Assert.True(escaped is null, $"{what}: {escaped}");
    }

    /// <summary>The shared corpus and our own; a visitor's clone has at least the latter.</summary>
    private static IEnumerable<string> Captures()
    {
        string? shared = SharedMaterial.Find(out _, "corpus", "pcaps");
        IEnumerable<string> theirs = shared is null ? [] : Directory.EnumerateFiles(shared, "*", SearchOption.AllDirectories);
        return ReplayCase.Names().Select(name => ReplayCase.Of(name).Capture).Concat(theirs.Order(StringComparer.Ordinal));
    }
}
