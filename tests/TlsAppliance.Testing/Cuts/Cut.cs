namespace TlsAppliance.Testing.Cuts;

/// <summary>One way to hand over a wire image: the pieces, and their bytes in one.</summary>
/// <param name="Name">How it was cut, for the message of a failing test.</param>
/// <param name="Pieces">In order.</param>
public sealed record Cut(string Name, byte[][] Pieces)
{
    public byte[] Joined => [.. Pieces.SelectMany(piece => piece)];

    public override string ToString() => Name;
}
