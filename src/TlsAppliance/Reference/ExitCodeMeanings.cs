using TlsAppliance.Commands;

namespace TlsAppliance.Reference;

/// <summary>What each exit code says, for the manual page and the README; a test holds that none is missing.</summary>
internal static class ExitCodeMeanings
{
    public static readonly IReadOnlyList<(int Code, string Meaning)> All =
    [
        (ExitCode.Done, "done, also when stopped; doctor: no problem"),
        (ExitCode.Failed, "failed while running; doctor: a problem; test capture: not a good SPAN"),
        (ExitCode.Usage, "wrong use"),
        (ExitCode.Loss, "something was lost or rejected, with --strict"),
        (OutputUnreachable, "the output cannot be reached"),
        (ExitCode.InUse, "path.data is in use by another process"),
        (ExitCode.BadInput, "an input is unreadable or damaged"),
        (ExitCode.NoPermission, "no permission to capture, or no such interface"),
        (ExitCode.BadConfiguration, "bad configuration"),
    ];

    /// <summary><c>EX_UNAVAILABLE</c>.</summary>
    private const int OutputUnreachable = 69;
}
