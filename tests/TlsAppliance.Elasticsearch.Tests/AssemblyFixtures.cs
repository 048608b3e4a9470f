using TlsAppliance.Testing.Elasticsearch;

[assembly: AssemblyFixture(typeof(SharedElasticsearch))]
