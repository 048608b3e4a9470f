using System.Globalization;
using System.Text;
using TlsAppliance.Events;

namespace TlsAppliance.Sinks.Elasticsearch.Indices;

/// <summary>One piece of an <see cref="IndexNamePattern"/>.</summary>
internal abstract record IndexNamePart
{
    /// <summary>How long the piece stays the same.</summary>
    public virtual TimeSpan Period => TimeSpan.MaxValue;

    public abstract void Append(StringBuilder name, EventLayout layout, DateTime start);

    /// <summary>Characters that stand for themselves.</summary>
    public sealed record Text(string Value) : IndexNamePart
    {
        public override void Append(StringBuilder name, EventLayout layout, DateTime start) => name.Append(Value);
    }

    /// <summary><c>classic</c> or <c>ecs</c>.</summary>
    public sealed record Layout : IndexNamePart
    {
        public override void Append(StringBuilder name, EventLayout layout, DateTime start) => name.Append(layout == EventLayout.Classic ? "classic" : "ecs");
    }

    /// <summary>A date in the letters that Packetbeat understands and that indices are cut by.</summary>
    public sealed record Date(IReadOnlyList<string> Tokens) : IndexNamePart
    {
        private static readonly string[] s_letters = ["yyyy", "yy", "xxxx", "MM", "dd", "ww", "HH"];

        public override TimeSpan Period => Tokens.Contains("HH") ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);

        public static Date Parse(string format)
        {
            var tokens = new List<string>();
            for (int at = 0; at < format.Length; at += tokens[^1].Length)
            {
                string? letters = s_letters.FirstOrDefault(letters => string.CompareOrdinal(format, at, letters, 0, letters.Length) == 0);
                if (letters is null && char.IsAsciiLetter(format[at]))
                {
                    throw new FormatException($"%{{+{format}}}: there are {string.Join(", ", s_letters)}");
                }

                tokens.Add(letters ?? format[at].ToString());
            }

            return new Date(tokens);
        }

        public override void Append(StringBuilder name, EventLayout layout, DateTime start)
        {
            foreach (string token in Tokens)
            {
                name.Append(token switch
                {
                    "yyyy" or "yy" or "MM" or "dd" or "HH" => start.ToString(token, CultureInfo.InvariantCulture),
                    "xxxx" => ISOWeek.GetYear(start).ToString("0000", CultureInfo.InvariantCulture),
                    "ww" => ISOWeek.GetWeekOfYear(start).ToString("00", CultureInfo.InvariantCulture),
                    _ => token,
                });
            }
        }
    }
}
