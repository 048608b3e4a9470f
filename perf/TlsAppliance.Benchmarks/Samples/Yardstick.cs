namespace TlsAppliance.Benchmarks.Samples;

/// <summary>What a benchmark is compared with where nobody else's code does the same: one copy of the same bytes.</summary>
internal sealed class Yardstick
{
    private readonly byte[][] _inputs;
    private readonly byte[] _room;

    public Yardstick(params IEnumerable<byte[]> inputs)
    {
        _inputs = [.. inputs];
        _room = new byte[_inputs.Max(input => input.Length)];
    }

    public long Copy()
    {
        long bytes = 0;
        foreach (byte[] input in _inputs)
        {
            input.CopyTo(_room, 0);
            bytes += _room[input.Length - 1];
        }

        return bytes;
    }
}
