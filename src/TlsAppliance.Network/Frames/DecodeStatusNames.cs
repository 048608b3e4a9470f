using System.Text;

namespace TlsAppliance.Network.Frames;

/// <summary>
/// Names of <see cref="DecodeStatus"/> for summaries and metrics: <c>quic_initial</c>, <c>truncated_ipv4</c>. They are stable; a test holds
/// them.
/// </summary>
public static class DecodeStatusNames
{
    private static readonly string[] Names = BuildNames();

    /// <summary>Name by the number of the status; empty where there is no such status.</summary>
    public static IReadOnlyList<string> All => Names;

    public static string Name(DecodeStatus status) => Names[(int)status];

    private static string[] BuildNames()
    {
        string[] names = new string[byte.MaxValue + 1];
        Array.Fill(names, "");
        foreach (DecodeStatus status in Enum.GetValues<DecodeStatus>())
        {
            names[(int)status] = SnakeCase(status.ToString());
        }

        return names;
    }

    private static string SnakeCase(string name)
    {
        StringBuilder text = new();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
