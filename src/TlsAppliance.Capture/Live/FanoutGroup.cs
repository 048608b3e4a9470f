using TlsAppliance.Capture.Live.Native;

namespace TlsAppliance.Capture.Live;

/// <summary>The number under which several captures of one interface share its connections. The first one that joins chooses it, unless the user did.</summary>
internal sealed class FanoutGroup(ushort? number)
{
    private readonly Lock _lock = new();
    private ushort? _number = number;

    public void Join(PacketSocket socket)
    {
        lock (_lock)
        {
            _number = socket.JoinFanout(_number);
        }
    }
}
