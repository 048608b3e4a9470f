using TlsAppliance.Configuration.Values;
using TlsAppliance.Sinks.Files;

namespace TlsAppliance.Configuration;

/// <summary>When another event file is begun, and what files are like.</summary>
internal static partial class ApplianceRegistry
{
    private static readonly ChoiceFormat<FileSync> s_fileSyncs =
        new(("never", FileSync.Never), ("on_close", FileSync.OnClose), ("every_batch", FileSync.EveryBatch));

    private static IEnumerable<OptionDefinition> Files() =>
    [
        File(
            "output.file.rotate_every_kb",
            "Begin another file (-2, -3 ... in its name) before one gets larger than this; 0: one file for a run. No event is cut.",
            new IntegerFormat(0, int.MaxValue, "KiB"),
            file => file.RotateEveryKilobytes,
            (file, value) => file with { RotateEveryKilobytes = value }),
        File(
            "output.file.rotate_interval",
            "Begin another file with the events that come so long after the first of a file; 0: never.",
            new DurationFormat(TimeSpan.Zero, TimeSpan.FromDays(366)),
            file => file.RotateInterval,
            (file, value) => file with { RotateInterval = value }),
        File(
            "output.file.number_of_files",
            "Files of a run that are kept, the oldest go; 0: all.",
            new IntegerFormat(0, 1024, "files"),
            file => file.NumberOfFiles,
            (file, value) => file with { NumberOfFiles = value }),
        File(
            "output.file.permissions",
            "Mode of the event files.",
            new PermissionsFormat(),
            file => file.Permissions,
            (file, value) => file with { Permissions = value },
            Packetbeat),
        File(
            "output.file.sync",
            "When events are on the disk for good: never (the operating system decides), on_close, every_batch.",
            s_fileSyncs,
            file => file.Sync,
            (file, value) => file with { Sync = value }),
    ];

    private static OptionDefinition<T> File<T>(
        string key, string help, ValueFormat<T> format, Func<FileOutputOptions, T> get, Func<FileOutputOptions, T, FileOutputOptions> set, string? matches = null) => new()
    {
        Key = key,
        Help = help,
        DefaultMatches = matches,
        Format = format,
        Get = options => get(options.FileOutput),
        Set = (options, value) => options.FileOutput = set(options.FileOutput, value),
    };
}
