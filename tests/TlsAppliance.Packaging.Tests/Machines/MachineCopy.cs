using System.ComponentModel;
using System.Diagnostics;
using TlsAppliance.Testing;

namespace TlsAppliance.Packaging.Tests.Machines;

/// <summary>
/// This machine as it is, in which everything may be changed: an overlay of its root in memory, in a mount namespace that a sleeping process holds. When that is gone,
/// so is every change. Needs root.
/// </summary>
internal sealed class MachineCopy : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _holder;

    private MachineCopy(Process holder, TemporaryFolder folder) => (_holder, _folder) = (holder, folder);

    private string Root => _folder.Combine("root");

    /// <param name="reason">Why there is none: a skip in a visitor's clone, a failure in continuous integration.</param>
    /// <param name="binds">Folders of the real machine, and where they are to be seen.</param>
    public static MachineCopy? TryCreate(out string reason, params (string From, string To)[] binds)
    {
        var folder = new TemporaryFolder();
        string places = string.Concat(binds.Select(bind => $"mkdir -p root{bind.To}; mount --bind '{bind.From}' root{bind.To}; "));
        string script =
            $$"""
            set -e
            mount --make-rprivate /
            mount -t tmpfs tmpfs '{{folder.Path}}'
            cd '{{folder.Path}}'
            mkdir upper work root
            mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
            mount --rbind /proc root/proc
            mount --rbind /dev root/dev
            {{places}}
            echo ready
            exec sleep infinity
            """;
        var start = new ProcessStartInfo("unshare", ["--mount", "bash", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            Process holder = Process.Start(start)!;
            if (holder.StandardOutput.ReadLine() == "ready")
            {
                reason = "";
                return new MachineCopy(holder, folder);
            }

            reason = "no copy of this machine: " + holder.StandardError.ReadToEnd().Trim();
            holder.Dispose();
        }
        catch (Win32Exception failure)
        {
            reason = "no copy of this machine: " + failure.Message;
        }

        folder.Dispose();
        return RepositoryRoot.IsContinuousIntegration ? throw new InvalidOperationException(reason) : null;
    }

    /// <summary>Where a file of the copy is to be found from outside.</summary>
    public string Outside(string path) => $"/proc/{_holder.Id}/root{Root}{path}";

    /// <summary>Everything but folders that is not as it was, removals included.</summary>
    public IEnumerable<string> Changes()
    {
        string upper = $"/proc/{_holder.Id}/root{_folder.Combine("upper")}";
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        return new DirectoryInfo(upper).EnumerateFileSystemInfos("*", all).Where(entry => entry is FileInfo || entry.Name.Contains("tls-appliance", StringComparison.Ordinal))
            .Select(entry => entry.FullName[upper.Length..]);
    }

    /// <summary>Runs a script of bash to its end.</summary>
    public ToolProcess Run(string script) => ToolProcess.Run("nsenter", [.. Enter(), "bash", "-c", script]);

    /// <summary>The same; it must go well.</summary>
    public string Do(string script)
    {
        ToolProcess done = Run(script);
        Assert.True(done.ExitCode == 0, script + Environment.NewLine + done.Everything);
        return done.Output;
    }

    /// <summary>Starts a script in a network namespace, with mounts of its own. The process keeps its number when the script ends in <c>exec</c>.</summary>
    public RunningService Start(string networkNamespace, string script) =>
        RunningService.Start("ip", ["netns", "exec", networkNamespace, "nsenter", .. Enter(), "unshare", "--mount", "bash", "-c", script]);

    private string[] Enter() => ["--target", FormattableString.Invariant($"{_holder.Id}"), "--mount", "chroot", Root];

    public void Dispose()
    {
        _holder.Kill();
        _holder.WaitForExit();
        _holder.Dispose();
        _folder.Dispose();
    }
}
