using System.Text.Json;

namespace TlsAppliance.Testing;

/// <summary>Reads the reference files about Packetbeat, which stand beside the repository.</summary>
public static class PacketbeatReference
{
    /// <summary>Null where there is none.</summary>
    public static JsonElement? Read(string fileName)
    {
        string? path = RepositoryRoot.Shared("reference", fileName);
        if (path is null)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }

    /// <summary>The test vectors of one kind; null where there is no such file.</summary>
    public static IReadOnlyList<JsonElement>? Vectors(string kind) =>
        Read("packetbeat-vectors.json") is { } file
            ? [.. file.GetProperty("vectors").EnumerateArray().Where(vector => vector.GetProperty("kind").GetString() == kind)]
            : null;
}
