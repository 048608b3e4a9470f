using System.Text;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Bulk;

/// <summary>One way in which a bulk answer can look, made from the items of a good one.</summary>
/// <param name="Name">For the reader of a test report.</param>
/// <param name="Body">From the items, each <c>{"create":{...}}</c>, to the body.</param>
/// <param name="Fault">Part of what is said to be wrong; null when every item is to be believed.</param>
internal sealed record AnswerShape(string Name, Func<IReadOnlyList<string>, byte[]> Body, string? Fault)
{
    /// <summary>Where something is wrong with one item, it is this one.</summary>
    private static int Middle(IReadOnlyList<string> items) => items.Count / 2;

    public static readonly AnswerShape[] All =
    [
        Good("as it should be", items => Root(items)),
        Good("with more fields", items => Text("{\"took\":3,\"ingest_took\":1,\"errors\":false,\"new\":{\"a\":[1,{}]},\"items\":[" + Join(items) + "],\"more\":null}")),
        Good("items before errors", items => Text("{\"items\":[" + Join(items) + "],\"errors\":true}")),
        Good("errors missing", items => Text("{\"items\":[" + Join(items) + "]}")),
        Good("errors true with none", items => Root(items, errors: "true")),
        Good("blanks and line feeds all over", items => Text("\n { \"errors\" : false , \"items\" : [ " + string.Join(" ,\n", items) + " ] } \n")),
        Good("a bad byte in a field that nobody reads", items => Spoilt(Root(Edited(items, "\"status\"", "\"result\":\"~\",\"status\"")))),
        Bad("no bytes at all", _ => [], "not whole JSON"),
        Bad("a blank", _ => Text(" "), "not whole JSON"),
        Bad("not JSON", _ => Text("<html><body>Bad gateway</body></html>"), "not whole JSON"),
        Bad("a byte order mark", items => [0xEF, 0xBB, 0xBF, .. Root(items)], "not whole JSON"),
        Bad("cut before the end", items => Root(items)[..^1], "not whole JSON"),
        Bad("cut in the middle", items => Root(items)[..(Root(items).Length / 2)], "not whole JSON"),
        Bad("cut after the first byte", items => Root(items)[..1], "not whole JSON"),
        Bad("a second answer behind", items => [.. Root(items), .. Root(items)], "not whole JSON"),
        Bad("rubbish behind", items => [.. Root(items), (byte)'x'], "not whole JSON"),
        Bad("an array", items => Text("[" + Join(items) + "]"), "no JSON object"),
        Bad("null", _ => Text("null"), "no JSON object"),
        Bad("a number", _ => Text("200"), "no JSON object"),
        Bad("an empty object", _ => Text("{}"), "no \"items\""),
        Bad("took only", _ => Text("{\"took\":2}"), "no \"items\""),
        Bad("an error in a 200", _ => Text("{\"error\":{\"type\":\"x\"},\"status\":500}"), "no \"items\""),
        Bad("items null", _ => Text("{\"errors\":false,\"items\":null}"), "\"items\" is no array"),
        Bad("items an object", items => Text("{\"errors\":false,\"items\":{\"0\":" + items[0] + "}}"), "\"items\" is no array"),
        Bad("items twice", items => Text("{\"items\":[" + Join(items) + "],\"items\":[" + Join(items) + "]}"), "\"items\" twice"),
        Bad("errors a text", items => Root(items, errors: "\"false\""), "\"errors\" is neither true nor false"),
        Bad("errors a number", items => Root(items, errors: "0"), "\"errors\" is neither true nor false"),
        Bad("no items", _ => Root([]), "0 items for"),
        Bad("the last item missing", items => Root([.. items.SkipLast(1)]), "items for"),
        Bad("one item too many", items => Root([.. items, items[0]]), "more than"),
        Bad("one item twice, one missing", items => Root(Replaced(items, items.Count > 1 ? items[(Middle(items) + 1) % items.Count] : items[0].Replace("_id\":\"0", "_id\":\"f", StringComparison.Ordinal))), "the _id of another event"),
        Bad("in another order", items => items.Count > 1 ? Root([.. items.Reverse()]) : Root([]), "item"),
        Bad("an item null", items => Root(Replaced(items, "null")), "no object with an action"),
        Bad("an item a number", items => Root(Replaced(items, "201")), "no object with an action"),
        Bad("an item an array", items => Root(Replaced(items, "[" + items[0] + "]")), "no object with an action"),
        Bad("an item empty", items => Root(Replaced(items, "{}")), "no object with an action"),
        Bad("an unknown action", items => Root(Edited(items, "\"create\"", "\"insert\"")), "another action than create"),
        Bad("another action", items => Root(Edited(items, "\"create\"", "\"index\"")), "another action than create"),
        Bad("an action null", items => Root(Replaced(items, "{\"create\":null}")), "the action has no object"),
        Bad("two actions in one item", items => Root(Edited(items, "}}", "},\"create\":{}}")), "more than one action"),
        Bad("no status", items => Root(Edited(items, "\"status\":201", "\"result\":\"created\"")), "no status"),
        Bad("status a text", items => Root(Edited(items, "\"status\":201", "\"status\":\"201\"")), "its status is none"),
        Bad("status null", items => Root(Edited(items, "\"status\":201", "\"status\":null")), "its status is none"),
        Bad("status a fraction", items => Root(Edited(items, "\"status\":201", "\"status\":201.5")), "its status is none"),
        Bad("status 0", items => Root(Edited(items, "\"status\":201", "\"status\":0")), "its status is none"),
        Bad("status 99999999999", items => Root(Edited(items, "\"status\":201", "\"status\":99999999999")), "its status is none"),
        Bad("status 101", items => Root(Edited(items, "\"status\":201", "\"status\":101")), "its status is none"),
        Bad("status twice", items => Root(Edited(items, "\"status\":201", "\"status\":429,\"status\":201")), "its status is none"),
        Bad("success with an error", items => Root(Edited(items, "\"status\":201", "\"status\":201,\"error\":{\"type\":\"x\"}")), "success and an error"),
        Bad("a refusal without an error", items => Root(Edited(items, "\"status\":201", "\"status\":400")), "status 400 without an error"),
        Bad("the _id of another event", items => Root(Edited(items, "\"_id\":\"0", "\"_id\":\"f")), "the _id of another event"),
        Bad("the _id null", items => Root(Edited(items, "\"_id\":\"", "\"_id\":null,\"was\":\"")), "the _id of another event"),
    ];

    public override string ToString() => Name;

    /// <summary>A good item.</summary>
    public static string Item(UInt128 id) => $$$"""{"create":{"_id":"{{{id.ToString("x32")}}}","status":201}}""";

    private static AnswerShape Good(string name, Func<IReadOnlyList<string>, byte[]> body) => new(name, body, null);

    private static AnswerShape Bad(string name, Func<IReadOnlyList<string>, byte[]> body, string fault) => new(name, body, fault);

    private static byte[] Root(IReadOnlyList<string> items, string errors = "false") => Text($"{{\"errors\":{errors},\"items\":[{Join(items)}]}}");

    private static string Join(IReadOnlyList<string> items) => string.Join(',', items);

    private static string[] Replaced(IReadOnlyList<string> items, string item) => [.. items.Select((old, at) => at == Middle(items) ? item : old)];

    private static string[] Edited(IReadOnlyList<string> items, string what, string by)
    {
        string old = items[Middle(items)];
        int at = old.IndexOf(what, StringComparison.Ordinal);
        return Replaced(items, old[..at] + by + old[(at + what.Length)..]);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Text that is no UTF-8 in a field that nobody reads is the server's own affair.</summary>
    private static byte[] Spoilt(byte[] body)
    {
        body[Array.IndexOf(body, (byte)'~')] = 0xFF;
        return body;
    }
}
