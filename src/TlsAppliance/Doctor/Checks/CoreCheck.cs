using TlsAppliance.Configuration;

namespace TlsAppliance.Doctor.Checks;

/// <summary>A shard more than there are cores only takes time from the others.</summary>
internal sealed class CoreCheck(int shards) : Check<CoreReading>("cores")
{
    private readonly int _shards = shards;

    protected override CoreReading Read() => new(Environment.ProcessorCount, _shards);

    public override Finding Judge(CoreReading reading) => reading switch
    {
        { Cores: 1 } => Finding.Warning("one core for capture, shards and output: a burst on one of them holds up the others"),
        _ when reading.Shards > reading.Cores => Finding.Warning(
            FormattableString.Invariant($"{reading.Shards} shards on {reading.Cores} cores"), $"tls-appliance run -E {ApplianceRegistry.ShardsKey}=0"),
        { Shards: 0 } => Finding.Ok(FormattableString.Invariant($"{reading.Cores} cores, one shard on each")),
        _ => Finding.Ok(FormattableString.Invariant($"{reading.Cores} cores, {reading.Shards} shards")),
    };
}
