using System.Globalization;

namespace TlsAppliance.Configuration.Values;

/// <summary>Permissions of a file in octal, as chmod takes them: <c>0600</c>.</summary>
internal sealed class FileModeFormat : ScalarFormat<UnixFileMode>
{
    private const int Octal = 8;
    private const int All = 0x1FF;

    public override string TypeName => "file mode";

    public override string Expected => "permissions in octal that let the owner write, such as 0600 or 0640";

    public override bool TryParse(string text, out UnixFileMode value)
    {
        value = UnixFileMode.None;
        if (text.Length is 0 or > 5 || text.Any(digit => digit is < '0' or > '7'))
        {
            return false;
        }

        int mode = text.Aggregate(0, (sum, digit) => (sum * Octal) + digit - '0');
        value = (UnixFileMode)mode;
        return mode <= All && value.HasFlag(UnixFileMode.UserWrite);
    }

    public override string Write(UnixFileMode value) => "0" + Convert.ToString((int)value, Octal);
}
