using System.Buffers;
using System.Text;

namespace TlsAppliance.Sinks.Elasticsearch.Indices;

/// <summary>What Elasticsearch and OpenSearch allow an index to be called, so that a wrong name is told at the start and not by every event.</summary>
internal static class IndexNameRules
{
    private const int MaximumBytes = 255;

    private static readonly SearchValues<char> s_forbidden = SearchValues.Create("\\/*?\"<>| ,#:");

    /// <exception cref="FormatException">The name is none.</exception>
    public static void Check(string name)
    {
        string? fault = name switch
        {
            "" => "is empty",
            "." or ".." => "is a directory",
            ['-' or '_' or '+', ..] => $"begins with \"{name[0]}\"",
            _ when name.AsSpan().IndexOfAny(s_forbidden) is >= 0 and int at => $"has \"{name[at]}\" in it",
            _ when name.Any(char.IsUpper) => "is not in lower case",
            _ when Encoding.UTF8.GetByteCount(name) > MaximumBytes => $"is longer than {MaximumBytes} bytes",
            _ => null,
        };
        if (fault is not null)
        {
            throw new FormatException($"index \"{name}\" {fault}");
        }
    }
}
