using System.Text;

namespace TlsAppliance.Configuration;

/// <summary>
/// Replaces <c>${NAME}</c>, <c>${NAME:default}</c> and <c>${NAME:?what is missing}</c> in values. A name is looked up among the settings (<c>path.data</c>), then
/// in the environment, then among the credentials that systemd hands over; <c>${file:PATH}</c> is the content of a file. <c>$${</c> is a plain <c>${</c>.
/// What a reference stands for is taken as it is, but for other settings, in which references are replaced again.
/// </summary>
internal sealed class ConfigurationReferences(Func<string, string?> environment)
{
    private const string Opening = "${";
    private const string FilePrefix = "file:";
    private const string CredentialsDirectory = "CREDENTIALS_DIRECTORY";
    private const int MaximumLength = 64 << 10;
    private const int MaximumDepth = 8;

    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    /// <summary>What a setting stands for that no source sets.</summary>
    public Func<string, string?> DefaultOf { get; init; } = _ => null;

    /// <summary>Notes the texts below a section, so that others may refer to them; later ones win.</summary>
    public void Learn(string section, ConfigurationNode node)
    {
        switch (node)
        {
            case ConfigurationNode.Text text:
                _settings[section] = text.Value;
                break;
            case ConfigurationNode.Section content:
                foreach (ConfigurationEntry entry in content.Entries)
                {
                    Learn(section.Length == 0 ? entry.Name : $"{section}.{entry.Name}", entry.Value);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The text that was written for a setting in the source that counts; null when there is none.</summary>
    public string? Written(string name) => _settings.GetValueOrDefault(name);

    /// <summary>The node with every reference in its texts replaced.</summary>
    /// <exception cref="ConfigurationException">A reference stands for nothing, or is not closed.</exception>
    /// <param name="name">Option that the node belongs to, for the message.</param>
    public ConfigurationNode Expand(ConfigurationNode node, string name) => node switch
    {
        ConfigurationNode.Text text when text.Value.Contains(Opening, StringComparison.Ordinal) => ExpandText(text, name),
        ConfigurationNode.Sequence list => list with { Items = [.. list.Items.Select(item => Expand(item, name))] },
        ConfigurationNode.Section section => section with
        {
            Entries = [.. section.Entries.Select(entry => entry with { Value = Expand(entry.Value, $"{name}.{entry.Name}") })],
        },
        _ => node,
    };

    private ConfigurationNode ExpandText(ConfigurationNode.Text text, string name)
    {
        bool isSecret = false;
        string value;
        try
        {
            value = Replace(text.Value, depth: 0, ref isSecret);
        }
        catch (FormatException failure)
        {
            throw new ConfigurationException(new ConfigurationProblem(text.Place, name, failure.Message));
        }

        bool isWhole = text.Value.StartsWith(Opening, StringComparison.Ordinal) && ClosingBrace(text.Value, Opening.Length) == text.Value.Length - 1;
        return isWhole && value.Length > 0 && value[0] is '[' or '{' && !isSecret
            ? Structured(value, text, name)
            : value.Length == 0 && isWhole
                ? new ConfigurationNode.Nothing(text.Place)
                : text with { Value = value, Reference = text.Value, IsSecret = isSecret };
    }

    /// <summary>A variable may hold a whole list or section: <c>ES_HOSTS=[a:9200, b:9200]</c>.</summary>
    private static ConfigurationNode Structured(string value, ConfigurationNode.Text written, string name)
    {
        try
        {
            return YamlConfiguration.Read(written.Place.Source, value, hasLines: false);
        }
        catch (ConfigurationException failure)
        {
            throw new ConfigurationException(new ConfigurationProblem(written.Place, name, $"{Printable.Text(written.Value, 60)}: {failure.Problem.Message}"));
        }
    }

    private string Replace(string text, int depth, ref bool isSecret)
    {
        if (depth > MaximumDepth)
        {
            throw new FormatException($"references nested deeper than {MaximumDepth} levels, or in a circle");
        }

        var result = new StringBuilder();
        int position = 0;
        for (int open = text.IndexOf(Opening, StringComparison.Ordinal); open >= 0; open = text.IndexOf(Opening, position, StringComparison.Ordinal))
        {
            if (open > position && text[open - 1] == '$')
            {
                result.Append(text, position, open - 1 - position).Append(Opening);
                position = open + Opening.Length;
                continue;
            }

            int close = ClosingBrace(text, open + Opening.Length);
            if (close < 0)
            {
                throw new FormatException($"\"{Printable.Text(text[open..], 40)}\" is not closed; a plain ${{ is written $${{");
            }

            result.Append(text, position, open - position).Append(ValueOf(text[(open + Opening.Length)..close], depth, ref isSecret));
            position = close + 1;
            if (result.Length > MaximumLength)
            {
                throw new FormatException($"longer than {MaximumLength} characters once its references are replaced");
            }
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    private string ValueOf(string reference, int depth, ref bool isSecret)
    {
        if (reference.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            isSecret = true;
            return ReadSecret(Replace(reference[FilePrefix.Length..], depth + 1, ref isSecret));
        }

        int colon = reference.IndexOf(':', StringComparison.Ordinal);
        string name = (colon < 0 ? reference : reference[..colon]).Trim();
        if (Find(name, depth, ref isSecret) is { } value)
        {
            return value;
        }

        if (colon < 0)
        {
            throw new FormatException(
                $"${{{Printable.Text(name, 60)}}} is neither a setting nor an environment variable nor a systemd credential; ${{{Printable.Text(name, 60)}:X}} gives a default, ${{file:PATH}} reads a file");
        }

        string rest = reference[(colon + 1)..];
        return rest.StartsWith('?')
            ? throw new FormatException($"${{{Printable.Text(name, 60)}}} is not set: {Printable.Text(rest[1..].Trim(), 200)}")
            : Replace(rest, depth + 1, ref isSecret);
    }

    private string? Find(string name, int depth, ref bool isSecret)
    {
        if (_settings.TryGetValue(name, out string? setting))
        {
            return Replace(setting, depth + 1, ref isSecret);
        }

        if (DefaultOf(name) is { } unset)
        {
            return unset;
        }

        if (environment(name) is { Length: > 0 } variable)
        {
            return variable;
        }

        if (environment(CredentialsDirectory) is { Length: > 0 } directory && name.AsSpan().IndexOfAny('/', '\0') < 0 && name is not ("" or "." or "..") &&
            File.Exists(Path.Combine(directory, name)))
        {
            isSecret = true;
            return ReadSecret(Path.Combine(directory, name));
        }

        return null;
    }

    /// <summary>Without the line feed that editors put at the end.</summary>
    private static string ReadSecret(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[MaximumLength + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MaximumLength
                ? throw new FormatException($"{Printable.Text(path, 100)} is larger than 64 KiB; this is no secret")
                : Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\r', '\n');
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FormatException($"{Printable.Text(path, 100)}: no such file");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"{Printable.Text(path, 100)} cannot be read");
        }
    }

    /// <summary>The brace that closes what begins here; references may be nested.</summary>
    private static int ClosingBrace(string text, int from)
    {
        int depth = 1;
        for (int index = from; index < text.Length; index++)
        {
            if (text[index] == '{' && text[index - 1] == '$')
            {
                depth++;
            }
            else if (text[index] == '}' && --depth == 0)
            {
                return index;
            }
        }

        return -1;
    }
}
