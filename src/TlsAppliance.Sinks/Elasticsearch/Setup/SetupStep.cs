namespace TlsAppliance.Sinks.Elasticsearch.Setup;

/// <summary>One thing that the server should have.</summary>
/// <param name="Kind"><c>lifecycle policy</c> or <c>index template</c>.</param>
/// <param name="Name">Its name on the server.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Path">Where it is put.</param>
/// <param name="Body">What is put; empty when nothing is.</param>
public sealed record SetupStep(string Kind, string Name, SetupAction Action, string Reason, string Path, ReadOnlyMemory<byte> Body)
{
    public bool Changes => Action is SetupAction.Create or SetupAction.Replace;
}
