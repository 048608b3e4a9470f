using System.Net;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>Which proxy stands between us and the servers.</summary>
internal static class ElasticsearchProxy
{
    /// <summary>Null when there is none.</summary>
    /// <exception cref="ElasticsearchOptionsException">The URL is no proxy's.</exception>
    public static IWebProxy? Choose(ElasticsearchOptions options)
    {
        if (options.ProxyDisable)
        {
            return null;
        }

        return options.ProxyUrl.Length == 0 ? new EnvironmentProxy() : Parse(options.ProxyUrl);
    }

    private static WebProxy Parse(string url)
    {
        if (!Uri.TryCreate(url.Contains("://", StringComparison.Ordinal) ? url : "http://" + url, UriKind.Absolute, out Uri? address)
            || address.Scheme is not ("http" or "https" or "socks5"))
        {
            throw new ElasticsearchOptionsException($"proxy_url \"{url}\" is no URL of a proxy: http://, https:// or socks5://");
        }

        var proxy = new WebProxy(new UriBuilder(address) { UserName = "", Password = "" }.Uri);
        if (address.UserInfo.Length > 0)
        {
            string[] parts = address.UserInfo.Split(':', 2);
            proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return proxy;
    }

    /// <summary>As the environment says, but never for this machine itself: nobody means that, and Packetbeat does not do it either.</summary>
    private sealed class EnvironmentProxy : IWebProxy
    {
        private readonly IWebProxy _system = HttpClient.DefaultProxy;

        public ICredentials? Credentials
        {
            get => _system.Credentials;
            set => _system.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : _system.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || _system.IsBypassed(host);
    }
}
