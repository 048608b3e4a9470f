using System.Globalization;

namespace TlsAppliance.Configuration;

/// <summary>Where a setting was written: <c>file:line:column</c> (both from 1), or the flag that carried it.</summary>
/// <param name="Source">File as the user named it, or the flag: <c>-E</c>, <c>--layout</c>.</param>
/// <param name="Line">Line from 1; 0 on the command line.</param>
/// <param name="Column">Column from 1; 0 on the command line.</param>
internal sealed record ConfigurationPlace(string Source, int Line = 0, int Column = 0)
{
    public override string ToString() => Line == 0 ? Source : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}:{Column}");
}
