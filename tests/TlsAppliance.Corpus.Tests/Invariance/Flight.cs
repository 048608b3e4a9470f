namespace TlsAppliance.Corpus.Tests.Invariance;

/// <summary>What one side says before it waits for the other: the bytes of its direction, however they are cut.</summary>
/// <param name="FromClient">Who speaks.</param>
/// <param name="Bytes">Records, or text before TLS begins.</param>
public sealed record Flight(bool FromClient, byte[] Bytes);
