using System.Text;

namespace TlsAppliance.Packaging.Tests.Units;

/// <summary>
/// What systemd makes of a unit's [Service] section, as a shell script for a mount namespace of its own: the file system, the user, the capabilities, the limits, the
/// environment. What only its system call filter can do is not here; <see cref="JudgedByCalls"/> names it, and another test judges the calls themselves.
/// </summary>
internal static class UnitSandbox
{
    /// <summary>Enforced by seccomp or by the manager itself.</summary>
    public static readonly string[] JudgedByCalls =
    [
        "RestrictAddressFamilies", "SystemCallArchitectures", "SystemCallFilter", "SystemCallErrorNumber", "LockPersonality", "RestrictNamespaces", "RestrictRealtime",
        "RestrictSUIDSGID", "ProtectHostname", "ProtectClock", "ProtectKernelModules", "ProtectKernelLogs",
    ];

    /// <summary>What is for the manager, and no restriction of the process.</summary>
    public static readonly string[] OfTheManager =
    [
        "Type", "ExecReload", "Restart", "RestartSec", "RestartPreventExitStatus", "WatchdogSec", "TimeoutStartSec", "TimeoutStopSec", "RemoveIPC", "DevicePolicy",
    ];

    /// <summary>Re-created by <see cref="Script"/>.</summary>
    public static readonly string[] Recreated =
    [
        "ExecStart", "User", "Group", "StateDirectory", "StateDirectoryMode", "LogsDirectory", "LogsDirectoryMode", "WorkingDirectory", "UMask", "LimitNOFILE", "LimitCORE",
        "Environment", "CapabilityBoundingSet", "AmbientCapabilities", "NoNewPrivileges", "ProtectSystem", "ProtectHome", "PrivateTmp", "PrivateDevices", "PrivateMounts",
        "ProtectControlGroups", "ProtectKernelTunables", "ProtectProc",
    ];

    /// <param name="unit">The unit.</param>
    /// <param name="socket">Path of the manager's socket.</param>
    /// <param name="watchdog">Period of the watchdog, in microseconds; shorter than the unit's, for a test.</param>
    /// <param name="command">What to run; null: what the unit runs.</param>
    /// <param name="before">A program and its arguments that run the service in the sandbox's place, as a tracer does; empty: none.</param>
    public static string Script(UnitFile unit, string socket, long watchdog, string? command = null, string before = "")
    {
        (string user, string group) = (unit["User"], unit["Group"]);
        var script = new StringBuilder("set -e\nmount --make-rprivate /\nmount -t sysfs sysfs /sys\n");
        string[] writable = [$"/var/lib/{unit["StateDirectory"]}", $"/var/log/{unit["LogsDirectory"]}"];
        string[] modes = [unit["StateDirectoryMode"], unit["LogsDirectoryMode"]];
        foreach ((string directory, string mode) in writable.Zip(modes))
        {
            script.Append($"install -d -o {user} -g {group} -m {mode} {directory}\nmount --bind {directory} {directory}\n");
        }

        Assert.Equal("strict", unit["ProtectSystem"]);
        script.Append("while read -r _ place _; do case $place in ")
            .Append(string.Join('|', writable)).Append("|/proc*|/sys*|/dev*|/notify) ;; *) mount -o remount,bind,ro \"$place\" ;; esac; done < /proc/self/mounts\n");
        if (unit.IsYes("ProtectHome"))
        {
            script.Append("for place in /home /root /run/user; do [ ! -d $place ] || mount -t tmpfs -o mode=000,ro tmpfs $place; done\n");
        }

        if (unit.IsYes("PrivateTmp"))
        {
            script.Append("mount -t tmpfs -o mode=1777 tmpfs /tmp\nmount -t tmpfs -o mode=1777 tmpfs /var/tmp\n");
        }

        if (unit.IsYes("PrivateDevices"))
        {
            script.Append("mount -t tmpfs -o mode=755,nosuid tmpfs /dev\n");
            foreach (string node in new[] { "null c 1 3", "zero c 1 5", "full c 1 7", "random c 1 8", "urandom c 1 9" })
            {
                script.Append($"mknod -m 666 /dev/{node}\n");
            }

            script.Append("ln -s /proc/self/fd /dev/fd\n");
        }

        Assert.Equal("invisible", unit["ProtectProc"]);
        script.Append("mount -t proc -o hidepid=invisible proc /proc\n");
        if (unit.IsYes("ProtectKernelTunables") && unit.IsYes("ProtectControlGroups"))
        {
            script.Append("mount --bind /proc/sys /proc/sys\nmount -o remount,bind,ro /proc/sys\nmount -o remount,bind,ro /sys\n");
        }

        string capabilities = "-all" + string.Concat(unit["AmbientCapabilities"].Split(' ').Select(name => ",+" + name.ToLowerInvariant()["cap_".Length..]));
        string bounding = "-all" + string.Concat(unit["CapabilityBoundingSet"].Split(' ').Select(name => ",+" + name.ToLowerInvariant()["cap_".Length..]));
        script.Append($"cd {unit["WorkingDirectory"]}\numask {unit["UMask"]}\n");

        // No more files than this machine lets anybody have.
        script.Append($"files={unit["LimitNOFILE"]}; most=$(ulimit -Hn); [ $most = unlimited ] || [ $most -gt $files ] || files=$most\n");
        script.Append($"exec {before} prlimit --nofile=$files --core={unit["LimitCORE"]}")
            .Append($" setpriv --reuid {user} --regid {group} --clear-groups {(unit.IsYes("NoNewPrivileges") ? "--no-new-privs" : "")}")
            .Append($" --bounding-set {bounding} --inh-caps {capabilities} --ambient-caps {capabilities}")
            .Append($" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 NOTIFY_SOCKET={socket} WATCHDOG_USEC={watchdog} {string.Join(' ', unit.All("Environment"))}")
            .Append($" {command ?? unit["ExecStart"]}\n");
        return script.ToString();
    }
}
