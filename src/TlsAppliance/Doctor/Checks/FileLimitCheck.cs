using TlsAppliance.Doctor.Readings;

namespace TlsAppliance.Doctor.Checks;

/// <summary>Open files: captures, queue segments, connections to Elasticsearch and to whoever reads the metrics.</summary>
internal sealed class FileLimitCheck() : Check<ulong>("open files")
{
    /// <summary>More than all of them together; what systemd and every distribution give as the hard limit is higher.</summary>
    private const ulong Enough = 4096;

    /// <returns>The hard limit: the runtime raises the soft one to it by itself.</returns>
    protected override ulong Read() => ResourceLimit.OpenFiles();

    public override Finding Judge(ulong reading) => reading switch
    {
        ulong.MaxValue => Finding.Ok("no limit"),
        >= Enough => Finding.Ok(FormattableString.Invariant($"at most {reading:N0}")),
        _ => Finding.Warning(FormattableString.Invariant($"at most {reading:N0}; {Enough:N0} are needed under load"), "sudo prlimit --pid $$ --nofile=65536"),
    };
}
