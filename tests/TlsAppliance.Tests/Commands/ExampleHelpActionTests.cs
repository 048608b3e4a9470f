using TlsAppliance.Commands;
using TlsAppliance.Reference;

namespace TlsAppliance.Tests.Commands;

public class ExampleHelpActionTests
{
    private static readonly string[] s_examples = ["tool a             does a", "tool a --with-options  does a, with options"];

    [Fact]
    public void Explanations_stand_beside_the_commands_where_there_is_room() => Assert.Equal(
        """
        Examples:
          tool a             does a
          tool a --with-options  does a, with options

        """.ReplaceLineEndings("\n"),
        Text(width: null));

    [Fact]
    public void And_below_them_where_there_is_none() => Assert.Equal(
        """
        Examples:
          tool a
                does a
          tool a --with-options
                does a, with options

        """.ReplaceLineEndings("\n"),
        Text(width: 40));

    /// <summary>One blank would make the explanation a part of the command that is pasted.</summary>
    [Fact]
    public void Every_example_of_a_pipe_or_a_capture_ends_where_its_explanation_begins() => Assert.All(
        CommandOutline.Of(CommandLine.Build()).All.SelectMany(command => command.Examples),
        example => Assert.DoesNotMatch(@"(jq \.\S+|\.pcap|captures/|\.yml) [a-z]+ [a-z]+", example));

    private static string Text(int? width)
    {
        using var text = new StringWriter { NewLine = "\n" };
        ExampleHelpAction.Write(text, s_examples, width);
        return text.ToString();
    }
}
