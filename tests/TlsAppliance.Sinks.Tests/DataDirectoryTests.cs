using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_one_of_the_same_role_is_told_the_owner()
    {
        using DataDirectory first = DataDirectory.Take(_folder.Combine("data"), "live");
        var refusal = Assert.Throws<DataDirectoryInUseException>(() => DataDirectory.Take(_folder.Combine("data"), "live"));
        Assert.Equal(Environment.ProcessId, refusal.Owner);
        Assert.Equal(
            $"{first.Path} is in use by process {Environment.ProcessId}: stop that one first, or give this one another path.data", refusal.Message);
    }

    [Fact]
    public void A_live_box_and_a_replay_do_not_meet()
    {
        using DataDirectory live = DataDirectory.Take(_folder.Path, "live");
        using DataDirectory replay = DataDirectory.Take(_folder.Path, "replay");
        Assert.NotEqual(live.QueuePath, replay.QueuePath);
        Assert.NotEqual(live.DeadLettersPath, replay.DeadLettersPath);
    }

    [Fact]
    public void It_is_free_again_when_its_owner_lets_go()
    {
        DataDirectory.Take(_folder.Path, "live").Dispose();
        DataDirectory.Take(_folder.Path, "live").Dispose();
    }

    [Fact]
    public void A_lock_file_that_a_crash_left_is_no_lock()
    {
        Directory.CreateDirectory(_folder.Combine("live"));
        File.WriteAllText(_folder.Combine("live", "lock"), "");
        File.WriteAllText(_folder.Combine("live", "lock.pid"), "1\n");
        DataDirectory.Take(_folder.Path, "live").Dispose();
    }

    [Fact]
    public void A_path_that_is_a_file_is_told_in_one_line()
    {
        string file = _folder.Combine("data");
        File.WriteAllText(file, "");
        var failure = Assert.Throws<OutputException>(() => DataDirectory.Take(file, "live"));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.StartsWith($"cannot write {file}/live/lock", failure.Message, StringComparison.Ordinal);
    }
}
