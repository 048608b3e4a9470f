using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Doctor.Checks;

/// <summary>
/// With several queues and a hash that is not symmetric the two directions of a connection reach the kernel on different cores, and so out of order. No
/// session is lost, but times between the directions are off and more segments have to wait.
/// </summary>
internal sealed class ReceiveHashCheck(string device) : Check<ReceiveHashReading>("rss", device)
{
    /// <summary>The bytes of the symmetric key (Woo and Park, 2012).</summary>
    private const string KeyBytes = "6D:5A";

    private readonly string _device = device;

    protected override ReceiveHashReading Read()
    {
        using var ethtool = new Ethtool();
        return new ReceiveHashReading(ethtool.ReceiveQueues(_device), ethtool.ReceiveHash(_device));
    }

    public override Finding Judge(ReceiveHashReading reading) => reading switch
    {
        { Queues: null or <= 1 } => Finding.Ok("one receive queue: nothing is spread"),
        { Hash: null } => Finding.Warning(
            FormattableString.Invariant($"{reading.Queues} receive queues, and the driver does not show how it spreads frames"), OneQueue()),
        { Hash.UsedQueues: 1 } => Finding.Ok(FormattableString.Invariant($"{reading.Queues} receive queues, one of them is used")),
        { Hash.IsSymmetric: true } => Finding.Ok(
            FormattableString.Invariant($"{reading.Hash.UsedQueues} receive queues, both directions of a connection in the same")),
        { Hash.Key.Length: 0 } => Finding.Warning(
            FormattableString.Invariant($"{reading.Queues} receive queues, and the driver does not show the key of its hash"), OneQueue()),
        _ => Finding.Warning(
            FormattableString.Invariant($"{reading.Hash.UsedQueues} receive queues, and the hash puts the two directions of a connection into different ones"),
            $"sudo ethtool -X {ShellWord.Of(_device)} hkey {SymmetricKey(reading.Hash.Key.Length)}"),
    };

    private string OneQueue() => $"sudo ethtool -L {ShellWord.Of(_device)} combined 1";

    private static string SymmetricKey(int length) => string.Join(':', Enumerable.Repeat(KeyBytes, length / 2));
}
