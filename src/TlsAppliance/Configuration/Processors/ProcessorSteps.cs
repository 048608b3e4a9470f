using TlsAppliance.Events.Processing;

namespace TlsAppliance.Configuration.Processors;

/// <summary>A list of processors, read.</summary>
/// <param name="Steps">What they do.</param>
/// <param name="CommunityIdSeed">Of the last <c>community_id</c>; null without one.</param>
/// <param name="Text">As YAML on one line.</param>
internal sealed record ProcessorSteps(IReadOnlyList<EventProcessor> Steps, ushort? CommunityIdSeed, string Text)
{
    public static readonly ProcessorSteps None = new([], null, "[]");
}
