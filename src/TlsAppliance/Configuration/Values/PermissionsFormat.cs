using System.Globalization;

namespace TlsAppliance.Configuration.Values;

/// <summary>The mode of files as <c>chmod</c> takes it: <c>0600</c>.</summary>
internal sealed class PermissionsFormat : ScalarFormat<UnixFileMode>
{
    private const int Octal = 8;
    private const UnixFileMode Everything = (UnixFileMode)0b111_111_111;

    public override string TypeName => "permissions";

    public override string Expected => "an octal mode from 0600 to 0777 that lets the owner read and write, such as 0600 or 0640";

    public override bool TryParse(string text, out UnixFileMode value)
    {
        value = 0;
        if (text.Length is < 3 or > 4 || text.Any(digit => digit is < '0' or > '7'))
        {
            return false;
        }

        value = (UnixFileMode)text.Aggregate(0, (mode, digit) => (mode * Octal) + (digit - '0'));
        return (value & ~Everything) == 0 && value.HasFlag(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public override string Write(UnixFileMode value) => "0" + Convert.ToString((int)value, Octal).PadLeft(3, '0').ToString(CultureInfo.InvariantCulture);
}
