using System.Text;

namespace TlsAppliance.Sessions.Details;

/// <summary>Lines for a person in a given width: labels on the left, texts wrapped beside them. Everything passes <see cref="Printable"/>.</summary>
internal sealed class TextBlock(int width)
{
    private const int LabelWidth = 14;
    private const int Indent = 2;
    private const int MinimumText = 20;

    /// <summary>Texts from the wire that are longer end in an ellipsis.</summary>
    private const int MaximumText = 16_384;

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public void Heading(string text)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(Printable.Text(text, width)).Append('\n');
    }

    /// <summary>Left out when there is no text.</summary>
    public void Line(string label, string text)
    {
        if (text.Length > 0)
        {
            Wrapped(new string(' ', Indent) + label.PadRight(LabelWidth), text);
        }
    }

    /// <summary>A text behind a lead, wrapped so that it stays to the right of it.</summary>
    /// <param name="lead">What stands before the first line.</param>
    /// <param name="follow">What stands before the others; null: blanks.</param>
    public void Wrapped(string lead, string text, string? follow = null)
    {
        string clean = Printable.Text(text, MaximumText);
        int room = Math.Max(width - lead.Length, MinimumText);
        string before = lead;
        foreach (string line in Folding.Lines(clean, room))
        {
            _text.Append(before).Append(line).Append('\n');
            before = (follow ?? "").PadRight(lead.Length);
        }
    }
}
