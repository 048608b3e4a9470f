using System.Text.Json;
using System.Text.Json.Nodes;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>The 200 of a bulk request, written from its items.</summary>
internal static class FakeBulkAnswer
{
    public static FakeAnswer Of(IReadOnlyList<FakeItem> items, FilterPath filter)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            if (!filter.IsPlain)
            {
                json.WriteNumber("took", 1);
            }

            json.WriteBoolean("errors", items.Any(item => item.ErrorType is not null));
            json.WriteStartArray("items");
            foreach (FakeItem item in items)
            {
                item.Write(json, filter.IsPlain ? filter : FilterPath.All);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return filter.IsAll || filter.IsPlain
            ? new FakeAnswer(200, text.ToArray())
            : FakeAnswer.Json(200, filter.Cut(JsonNode.Parse(text.ToArray())!));
    }
}
