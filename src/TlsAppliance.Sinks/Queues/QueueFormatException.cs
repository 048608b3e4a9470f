using System.Globalization;

namespace TlsAppliance.Sinks.Queues;

/// <summary>A spool of another version than ours. Nothing of it was read or changed. The message is one line for the operator.</summary>
public sealed class QueueFormatException : IOException
{
    /// <param name="file">Its name in the queue's directory.</param>
    /// <param name="version">What it says to be.</param>
    internal QueueFormatException(string file, int version)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"the disk queue's file {file} is of version {version}, and this program reads version {Spooling.SegmentHeader.Version}: let the program that wrote it deliver it, or move the directory away"))
    {
    }
}
