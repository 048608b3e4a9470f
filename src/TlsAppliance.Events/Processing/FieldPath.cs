namespace TlsAppliance.Events.Processing;

/// <summary>Dotted paths of fields: <c>tls.server</c> covers <c>tls.server.ja3s</c>.</summary>
internal static class FieldPath
{
    /// <summary>True when <paramref name="other"/> is this path or lies below it.</summary>
    internal static bool Covers(string path, string other) =>
        other.StartsWith(path, StringComparison.Ordinal) && (other.Length == path.Length || other[path.Length] == '.');

    internal static bool IsCoveredByAny(IEnumerable<string> paths, string other) => paths.Any(path => Covers(path, other));
}
