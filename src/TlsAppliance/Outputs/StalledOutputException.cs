namespace TlsAppliance.Outputs;

/// <summary>An output has taken nothing for as long as one was ready to wait: the run ends, and what is left is told.</summary>
internal sealed class StalledOutputException : IOException
{
    public StalledOutputException()
        : base("the output takes nothing")
    {
    }
}
