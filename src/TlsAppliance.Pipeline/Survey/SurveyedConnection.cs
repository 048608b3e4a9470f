namespace TlsAppliance.Pipeline.Survey;

/// <summary>A connection as far as a survey follows it.</summary>
internal sealed class SurveyedConnection(bool isOwn)
{
    /// <summary>Fewer frames than this may be all that there is of the other direction's, too.</summary>
    private const int FramesToJudge = 3;

    /// <summary>One of the ends is this box.</summary>
    public bool IsOwn { get; } = isOwn;

    /// <summary>The side with the lower address, and the other.</summary>
    public SurveyedSide Low { get; } = new();

    public SurveyedSide High { get; } = new();

    public bool HasClientHello { get; set; }

    public bool HasServerHello { get; set; }

    public bool IsTwoWay => Low.Frames > 0 && High.Frames > 0;

    /// <summary>A side that acknowledges has heard of the other, so the other must have come by as well.</summary>
    public bool IsOneWay => !IsTwoWay && (Low.Frames >= FramesToJudge ? Low.Acknowledges : High.Frames >= FramesToJudge && High.Acknowledges);
}
