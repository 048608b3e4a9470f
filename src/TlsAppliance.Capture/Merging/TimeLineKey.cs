namespace TlsAppliance.Capture.Merging;

/// <summary>Where a frame belongs in the merged time line.</summary>
/// <param name="Time">The latest capture time (nanoseconds) met in its file up to and including it, so that frames of one file never change their order.</param>
/// <param name="Input">Ordinal of the file, which breaks ties.</param>
internal readonly record struct TimeLineKey(long Time, int Input) : IComparable<TimeLineKey>
{
    /// <summary>Behind every frame there can be.</summary>
    public static readonly TimeLineKey End = new(long.MaxValue, int.MaxValue);

    public int CompareTo(TimeLineKey other)
    {
        int byTime = Time.CompareTo(other.Time);
        return byTime != 0 ? byTime : Input.CompareTo(other.Input);
    }

    public static bool operator <(TimeLineKey left, TimeLineKey right) => left.CompareTo(right) < 0;

    public static bool operator >(TimeLineKey left, TimeLineKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(TimeLineKey left, TimeLineKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TimeLineKey left, TimeLineKey right) => left.CompareTo(right) >= 0;
}
