namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// Some of the characters of ASCII. The runtime's SearchValues looks many up at once, by code that each process would compile; the texts here are short, and read once.
/// </summary>
internal sealed class AsciiSet
{
    private readonly UInt128 _members;

    internal AsciiSet(string members)
    {
        foreach (char member in members)
        {
            _members |= UInt128.One << member;
        }
    }

    internal bool Contains(char unit) => unit < 128 && (_members >> unit & UInt128.One) != UInt128.Zero;

    internal bool HasAll(ReadOnlySpan<char> text)
    {
        foreach (char unit in text)
        {
            if (!Contains(unit))
            {
                return false;
            }
        }

        return true;
    }
}
