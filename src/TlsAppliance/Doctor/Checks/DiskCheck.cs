using TlsAppliance.Doctor.Readings;
using TlsAppliance.Reports;

namespace TlsAppliance.Doctor.Checks;

/// <summary>Room for what must survive a restart, and for logs.</summary>
/// <param name="name">The option that names the directory.</param>
/// <param name="path">The directory.</param>
internal sealed class DiskCheck(string name, string path) : Check<DiskSpace>(name)
{
    private const long Gibibyte = 1L << 30;

    /// <summary>Less than this is gone within minutes when Elasticsearch is away.</summary>
    private const long Least = Gibibyte;

    private const long Enough = 10 * Gibibyte;

    private readonly string _path = path;

    protected override DiskSpace Read() => DiskSpace.Of(_path);

    public override Finding Judge(DiskSpace reading)
    {
        string text = $"{ByteCount.Text(reading.Free)} free of {ByteCount.Text(reading.Total)} at {reading.Directory}";
        string command = $"df -h {ShellWord.Of(reading.Directory)}";
        return reading.Free switch
        {
            < Least => Finding.Problem(text, command),
            < Enough => Finding.Warning(text, command),
            _ => Finding.Ok(text),
        };
    }
}
