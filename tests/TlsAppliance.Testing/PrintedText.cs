using System.Diagnostics;
using System.Text;

namespace TlsAppliance.Testing;

/// <summary>What a running program has printed so far, in the order of its lines. Any thread: lines come on one of the runtime's.</summary>
public sealed class PrintedText
{
    private readonly StringBuilder _text = new();

    /// <summary>Takes the next line of a stream; for <see cref="Process.OutputDataReceived"/> and <see cref="Process.ErrorDataReceived"/>.</summary>
    public void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_text)
        {
            _text.AppendLine(line.Data);
        }
    }

    public override string ToString()
    {
        lock (_text)
        {
            return _text.ToString();
        }
    }
}
