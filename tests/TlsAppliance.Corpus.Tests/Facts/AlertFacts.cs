namespace TlsAppliance.Corpus.Tests.Facts;

/// <summary>An alert in the clear.</summary>
internal sealed record AlertFacts(string From, byte Level, byte Description);
