using System.Text.Json;

namespace TlsAppliance.Packaging.Tests;

public class BillOfMaterialsTests(PackageBuild build)
{
    [Fact]
    public void Names_every_library_that_is_shipped_and_nothing_else()
    {
        using JsonDocument bill = JsonDocument.Parse(File.ReadAllText(build.BillOfMaterials));
        using JsonDocument graph = JsonDocument.Parse(File.ReadAllText(Path.Combine(build.Program, "tls-appliance.deps.json")));
        string[] shipped = [.. graph.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(library => library.Value.TryGetProperty("runtime", out JsonElement files) && files.EnumerateObject().Any(file => File.Exists(Path.Combine(build.Program, Path.GetFileName(file.Name)))))
            .Select(library => library.Name.Replace("runtimepack.", "", StringComparison.Ordinal)).Where(name => !name.StartsWith("TlsAppliance", StringComparison.Ordinal) && !name.StartsWith("tls-appliance", StringComparison.Ordinal))];
        string[] listed = [.. Components(bill).Select(component => $"{Text(component, "name")}/{Text(component, "version")}")];
        Assert.Empty(shipped.Except(listed));
        Assert.Equal(listed.Distinct(), listed);
        Assert.Contains(listed, name => name.StartsWith("Microsoft.NETCore.App.Runtime.linux-", StringComparison.Ordinal));
        Assert.Contains(listed, name => name.StartsWith("Akka/", StringComparison.Ordinal));
        Assert.DoesNotContain(listed, name => name.StartsWith("xunit", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_package_has_a_hash_and_a_licence()
    {
        using JsonDocument bill = JsonDocument.Parse(File.ReadAllText(build.BillOfMaterials));
        Assert.Equal(("CycloneDX", "1.6"), (Text(bill.RootElement, "bomFormat"), Text(bill.RootElement, "specVersion")));
        Assert.All(
            Components(bill).Where(component => !Text(component, "name").Contains(".Runtime.", StringComparison.Ordinal)),
            component =>
            {
                Assert.Equal(128, Text(component.GetProperty("hashes")[0], "content").Length);
                JsonElement licence = component.GetProperty("licenses")[0];
                Assert.NotEmpty(licence.TryGetProperty("expression", out JsonElement expression) ? expression.GetString()! : Text(licence.GetProperty("license"), "url"));
                Assert.Equal($"pkg:nuget/{Text(component, "name")}@{Text(component, "version")}", Text(component, "purl"));
            });
    }

    private static IEnumerable<JsonElement> Components(JsonDocument bill) => bill.RootElement.GetProperty("components").EnumerateArray();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
