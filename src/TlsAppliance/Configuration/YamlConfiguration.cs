using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TlsAppliance.Configuration;

/// <summary>
/// Reads YAML into nodes that know their place. Depth, size and what aliases may grow to are bounded, so a hostile or broken file costs a message and no
/// more.
/// </summary>
internal sealed class YamlConfiguration
{
    internal const int MaximumBytes = 1 << 20;
    internal const int MaximumDepth = 32;
    internal const int MaximumNodes = 50_000;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _source;
    private readonly bool _hasLines;
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, ConfigurationNode> _anchors = [];
    private int _weight;

    private YamlConfiguration(string source, string text, bool hasLines)
    {
        (_source, _hasLines) = (source, hasLines);
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <exception cref="ConfigurationException">The file cannot be read, or is no YAML within the bounds.</exception>
    public static ConfigurationNode ReadFile(string path)
    {
        var place = new ConfigurationPlace(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[MaximumBytes + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MaximumBytes
                ? throw Problem(place, "larger than 1 MiB; this is no configuration")
                : Read(path, s_utf8.GetString(bytes, 0, length).TrimStart('\uFEFF'));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Problem(place, "no such file");
        }
        catch (DecoderFallbackException)
        {
            throw Problem(place, "not UTF-8 text");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Problem(place, Directory.Exists(path) ? "a directory, not a file" : "cannot be read: permission denied or a failing disk");
        }
    }

    /// <exception cref="ConfigurationException">The text is no YAML within the bounds.</exception>
    /// <param name="source">The file, or the flag that carried the text.</param>
    /// <param name="text">YAML.</param>
    /// <param name="hasLines">false: the text is part of a command line, where lines and columns say nothing.</param>
    public static ConfigurationNode Read(string source, string text, bool hasLines = true)
    {
        try
        {
            return new YamlConfiguration(source, text, hasLines).Document();
        }
        catch (YamlException failure)
        {
            throw Problem(
                new ConfigurationPlace(source, (int)failure.Start.Line, (int)failure.Start.Column), $"not valid YAML: {failure.Message.TrimEnd('.')}");
        }
    }

    private static ConfigurationException Problem(ConfigurationPlace place, string message) =>
        new(new ConfigurationProblem(place, "", message));

    private ConfigurationNode Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return new ConfigurationNode.Nothing(new ConfigurationPlace(_source, 1, 1));
        }

        _parser.Consume<DocumentStart>();
        ConfigurationNode root = Node(depth: 0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out DocumentStart? second)
            ? throw Problem(PlaceOf(second), "a second document begins here; one file is one document")
            : root;
    }

    private ConfigurationNode Node(int depth)
    {
        ParsingEvent start = _parser.Consume<ParsingEvent>();
        ConfigurationPlace place = PlaceOf(start);
        if (depth >= MaximumDepth)
        {
            throw Problem(place, $"nested deeper than {MaximumDepth} levels");
        }

        ConfigurationNode node = start switch
        {
            Scalar scalar => ScalarNode(scalar, place),
            SequenceStart => SequenceNode(place, depth),
            MappingStart => SectionNode(place, depth),
            AnchorAlias alias => _anchors.GetValueOrDefault(alias.Value) ?? throw Problem(place, $"alias *{alias.Value} has no anchor before it"),
            _ => throw Problem(place, "unexpected content"),
        };
        CountWeight(start, node);
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor] = node;
        }

        return node;
    }

    /// <summary>What is written out counts once, what an alias repeats counts again.</summary>
    private void CountWeight(ParsingEvent start, ConfigurationNode node)
    {
        _weight += start is AnchorAlias ? node.Weight : 1;
        if (_weight > MaximumNodes)
        {
            throw Problem(PlaceOf(start), $"more than {MaximumNodes} values once every alias is written out");
        }
    }

    private static ConfigurationNode ScalarNode(Scalar scalar, ConfigurationPlace place)
    {
        bool quoted = scalar.Style is not ScalarStyle.Plain;
        return !quoted && scalar.Value is "" or "~" or "null"
            ? new ConfigurationNode.Nothing(place)
            : new ConfigurationNode.Text(place, scalar.Value, quoted);
    }

    private ConfigurationNode.Sequence SequenceNode(ConfigurationPlace place, int depth)
    {
        var items = new List<ConfigurationNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new ConfigurationNode.Sequence(place, items);
    }

    private ConfigurationNode.Section SectionNode(ConfigurationPlace place, int depth)
    {
        var entries = new List<ConfigurationEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ParsingEvent key = _parser.Consume<ParsingEvent>();
            string name = key is Scalar scalar ? scalar.Value : throw Problem(PlaceOf(key), "expected the name of an option");
            entries.Add(new ConfigurationEntry(PlaceOf(key), name, Node(depth + 1)));
        }

        return new ConfigurationNode.Section(place, entries);
    }

    private ConfigurationPlace PlaceOf(ParsingEvent at) =>
        _hasLines ? new(_source, (int)at.Start.Line, (int)at.Start.Column) : new(_source);
}
