using System.Globalization;
using System.Net;
using TlsAppliance.Events.Rendering;

namespace TlsAppliance.Events.Processing;

/// <summary>
/// A question about the values of an event, as Beats' conditions ask it. A field is named by its dotted path in the layout. A list answers with any of its
/// values; a field that is not there answers no.
/// </summary>
public abstract record EventCondition
{
    internal abstract bool Holds(EventValues values);

    /// <summary>Paths of the fields that it asks for.</summary>
    internal abstract IEnumerable<string> Paths { get; }

    /// <summary>One value is this text, long, double or boolean; a number also equals the text that shows it.</summary>
    public sealed record EqualTo(string Path, object Expected) : OneField(Path)
    {
        private readonly string _text = Convert.ToString(Expected, CultureInfo.InvariantCulture)!;

        private protected override bool Accepts(object value) => value switch
        {
            string text => text == _text,
            bool flag => Expected is bool expected && flag == expected,
            _ => Expected is long or double && Number(value) == Number(Expected),
        };
    }

    /// <summary>The text, or one of the list's texts, has this part.</summary>
    public sealed record Containing(string Path, string Part) : OneField(Path)
    {
        private protected override bool Accepts(object value) => Text(value).Contains(Part, StringComparison.Ordinal);
    }

    /// <summary>One value matches. The pattern must take time in proportion to the text: values come from the wire.</summary>
    public sealed record Matching(string Path, Predicate<string> Pattern) : OneField(Path)
    {
        private protected override bool Accepts(object value) => Pattern(Text(value));
    }

    /// <summary>Bounds that are null do not count.</summary>
    public sealed record InRange(string Path, double? AtLeast, double? MoreThan, double? AtMost, double? LessThan) : OneField(Path)
    {
        private protected override bool Accepts(object value) =>
            Number(value) is { } number && !double.IsNaN(number) &&
            !(number < AtLeast) && !(number <= MoreThan) && !(number > AtMost) && !(number >= LessThan);
    }

    /// <summary>The address lies in one of these networks (CIDR, or Packetbeat's names).</summary>
    public sealed record InNetwork : OneField
    {
        private readonly InternalNetworks _networks;

        /// <exception cref="FormatException">An entry is no network.</exception>
        public InNetwork(string path, IReadOnlyList<string> networks)
            : base(path)
        {
            _networks = new InternalNetworks(networks);
        }

        private protected override bool Accepts(object value) =>
            value is string text && IPAddress.TryParse(text, out IPAddress? address) && _networks.Contains(ToNumber(address));

        private static UInt128 ToNumber(IPAddress address) =>
            System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(address.MapToIPv6().GetAddressBytes());
    }

    /// <summary>All of these are there, objects too.</summary>
    public sealed record HavingFields(IReadOnlyList<string> Fields) : EventCondition
    {
        internal override IEnumerable<string> Paths => Fields;

        internal override bool Holds(EventValues values) => Fields.All(values.Has);
    }

    public sealed record AllOf(IReadOnlyList<EventCondition> Conditions) : EventCondition
    {
        internal override IEnumerable<string> Paths => Conditions.SelectMany(condition => condition.Paths);

        internal override bool Holds(EventValues values) => Conditions.All(condition => condition.Holds(values));
    }

    public sealed record AnyOf(IReadOnlyList<EventCondition> Conditions) : EventCondition
    {
        internal override IEnumerable<string> Paths => Conditions.SelectMany(condition => condition.Paths);

        internal override bool Holds(EventValues values) => Conditions.Any(condition => condition.Holds(values));
    }

    public sealed record Not(EventCondition Condition) : EventCondition
    {
        internal override IEnumerable<string> Paths => Condition.Paths;

        internal override bool Holds(EventValues values) => !Condition.Holds(values);
    }

    /// <summary>A question about the values of one field.</summary>
    public abstract record OneField(string Path) : EventCondition
    {
        internal override IEnumerable<string> Paths => [Path];

        internal override bool Holds(EventValues values) => values.Find(Path).Any(Accepts);

        private protected abstract bool Accepts(object value);
    }

    private protected static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private protected static double? Number(object value) => value switch
    {
        long number => number,
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };
}
