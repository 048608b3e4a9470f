using TlsAppliance.Testing;

namespace TlsAppliance.Corpus.Tests.Conformance;

/// <summary>The whole shared corpus replayed once with every field on, one event file per capture.</summary>
public sealed class CorpusRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CorpusRun()
    {
        if (SharedMaterial.Find(out string reason, "corpus", "pcaps") is not { } captures)
        {
            WhyNot = reason;
            return;
        }

        Process = ToolProcess.Appliance(
        [
            "replay", captures, "--per-file", _folder.Path, "--layout", "ecs", "-E", "tls.include_raw_certificates=true", "-E", "tls.fingerprints=[md5,sha1,sha256]",
        ]);
    }

    /// <summary>Why there was no run; null when there was one.</summary>
    public string? WhyNot { get; }

    public ToolProcess? Process { get; }

    public string Events => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
