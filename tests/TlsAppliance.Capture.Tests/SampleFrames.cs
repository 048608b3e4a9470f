using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests;

/// <summary>Frames for tests to which their content does not matter.</summary>
internal static class SampleFrames
{
    /// <summary>2023-11-14T22:13:20Z.</summary>
    public const long Start = 1_700_000_000_000_000_000;

    public const long Second = 1_000_000_000;

    /// <summary>Frames of growing length, a second apart, of bytes that differ from frame to frame.</summary>
    public static RecordedFrame[] Of(int count, int length = 60) =>
        [.. Enumerable.Range(0, count).Select(i => new RecordedFrame(Bytes(length + i, seed: i), Start + (i * Second)))];

    public static RecordedFrame At(long timestamp, byte marker = 0, int length = 14) => new(Bytes(length, marker), timestamp);

    public static byte[] Bytes(int length, int seed = 0)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(seed + (i * 7));
        }

        return bytes;
    }
}
