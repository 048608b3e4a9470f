namespace TlsAppliance.Sinks;

/// <summary>An output that takes no more events. The message is one line for the operator.</summary>
public sealed class OutputException : IOException
{
    /// <summary>EPIPE, as .NET hands it on in <see cref="Exception.HResult"/>.</summary>
    private const int BrokenPipe = 32;

    public OutputException(string output, Exception cause)
        : base($"cannot write {output}: {OneLine(cause)}", cause)
    {
        Output = output;
        ReaderIsGone = cause.HResult == BrokenPipe;
    }

    /// <summary>The file, or <c>standard output</c>.</summary>
    public string Output { get; }

    /// <summary>The reader of a pipe has had enough (<c>| head</c>): the end of the work, no failure.</summary>
    public bool ReaderIsGone { get; }

    /// <summary>.NET ends its messages with the path in quotes, which the message has already.</summary>
    private static string OneLine(Exception cause)
    {
        string text = cause.Message.ReplaceLineEndings(" ");
        int path = text.IndexOf(" : '", StringComparison.Ordinal);
        return path > 0 ? text[..path].TrimEnd('.', ' ') : text;
    }
}
