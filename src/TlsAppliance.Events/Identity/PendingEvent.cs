namespace TlsAppliance.Events.Identity;

/// <summary>An event that waits for its identity.</summary>
/// <param name="Entry">Its ordinal in the batch.</param>
/// <param name="IdAt">Offset in its document of the text of <c>event.id</c>, or -1 when it has none.</param>
/// <param name="CommunityAt">Offset in its document of the text of <c>network.community_id</c>, or -1 when it has none.</param>
/// <param name="CommunityLength">Bytes of the message of its Community ID.</param>
internal readonly record struct PendingEvent(int Entry, int IdAt, int CommunityAt, int CommunityLength);
