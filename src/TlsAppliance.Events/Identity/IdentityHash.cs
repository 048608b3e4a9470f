using System.Security.Cryptography;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Events.Identity;

/// <summary>Identities one by one, the platform's way.</summary>
internal sealed class IdentityHash
{
    /// <summary>Made when it is first needed, and one for all: making and clearing a context each time takes another sixth of the time.</summary>
    private IncrementalHash? _sha256;

    /// <param name="message">As <see cref="EventIdentity.WriteMessage"/> writes it.</param>
    internal EventId Compute(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _sha256.AppendData(message);
        _sha256.GetHashAndReset(digest);
        return EventIdentity.Of(digest);
    }
}
