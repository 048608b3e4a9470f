namespace TlsAppliance.Commands;

/// <summary>What the process tells its caller. Numbers above 63 are those of sysexits.h.</summary>
internal static class ExitCode
{
    /// <summary>All done; also after a stop signal, and when the reader of our output left.</summary>
    public const int Done = 0;

    /// <summary>Failed while running: disk full, output gone.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Done, but with loss, and <c>--strict</c> was asked for.</summary>
    public const int Loss = 3;

    /// <summary>The output cannot be reached, or takes nothing.</summary>
    public const int Unreachable = 69;

    /// <summary><c>path.data</c> is in use by another process.</summary>
    public const int InUse = 73;

    /// <summary>Input is missing, unreadable or damaged; what could be read has been.</summary>
    public const int BadInput = 74;

    /// <summary>An interface cannot be captured: it needs CAP_NET_RAW, or there is none of that name.</summary>
    public const int NoPermission = 77;

    public const int BadConfiguration = 78;
}
