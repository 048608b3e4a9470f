namespace TlsAppliance.Capture.Live;

/// <summary>What is said of an interface that cannot be captured.</summary>
internal static class LiveCaptureFailures
{
    public const string WentDown = "the interface is down or gone";

    public static LiveCaptureException NoPermission(string name) => new(
        LiveCaptureFailure.NoPermission,
        $"no permission to capture {name}: it takes CAP_NET_RAW. Run it by its systemd unit (AmbientCapabilities=CAP_NET_RAW), as root, or allow it for this file: "
        + $"sudo setcap cap_net_raw+ep {Environment.ProcessPath}");

    public static LiveCaptureException NoSuchInterface(string name)
    {
        IReadOnlyList<string> all = NetworkInterfaces.All;
        string known = all.Count == 0 ? "there are none" : "there are " + string.Join(", ", all);
        return new LiveCaptureException(LiveCaptureFailure.NoSuchInterface, $"no interface is named {name}; {known}");
    }

    public static LiveCaptureException IsDown(string name) => new(LiveCaptureFailure.Down, $"{name} is down; ip link set {name} up");

    public static LiveCaptureException BadFilter(string filter, string reason) => new(LiveCaptureFailure.BadFilter, $"not a filter: {filter}: {reason}");

    public static LiveCaptureException Refused(string name, string call, string reason) => new(LiveCaptureFailure.Refused, $"cannot capture {name}: {call}: {reason}");
}
