using System.Globalization;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>The server gave no answer that can be used. The message is one line for the operator and names the host.</summary>
public sealed class ElasticsearchException : IOException
{
    public ElasticsearchException(ElasticsearchFailure failure, string host, string reason, Exception? cause = null)
        : base($"{host}: {reason}", cause)
    {
        Failure = failure;
        Host = host;
    }

    public ElasticsearchFailure Failure { get; }

    /// <summary>The host's URL, without credentials.</summary>
    public string Host { get; }

    /// <summary>A refusal of a call that the caller cannot do without.</summary>
    /// <param name="answer">What came instead of success.</param>
    /// <param name="what">What was tried: <c>cannot put the template tls-appliance-classic</c>.</param>
    public static ElasticsearchException Refused(ElasticsearchAnswer answer, string what)
    {
        ElasticsearchFailure failure = answer.Status switch
        {
            401 => ElasticsearchFailure.Unauthorized,
            403 => ElasticsearchFailure.Forbidden,
            _ => ElasticsearchFailure.Status,
        };
        string reason = answer.ReadError() is { Reason: { Length: > 0 } text } ? ": " + text : "";
        return new ElasticsearchException(failure, answer.Host, string.Create(CultureInfo.InvariantCulture, $"{what} (status {answer.Status}{reason})"));
    }
}
