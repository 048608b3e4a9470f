namespace TlsAppliance.Testing.Conversations;

/// <summary>The flights of a plain TLS 1.2 handshake, just enough to be recognised, for tests that are about TCP.</summary>
public static class TcpConversationTls
{
    /// <summary>ChangeCipherSpec and a Finished that is encrypted.</summary>
    public static byte[] Finished => [.. Record(20, [1]), .. Record(22, Noise(40, 9))];

    /// <summary>ServerHello and ServerHelloDone in one record each.</summary>
    public static byte[] ServerFlight => [.. Record(22, Message(2, [3, 3, .. Noise(32, 2), 0, 0xC0, 0x2F, 0])), .. Record(22, Message(14, []))];

    /// <summary>ClientKeyExchange and <see cref="Finished"/>.</summary>
    public static byte[] ClientFlight => [.. Record(22, Message(16, [32, .. Noise(32, 3)])), .. Finished];

    public static byte[] Data => Record(23, Noise(200, 5));

    /// <summary>handshake_failure, fatal.</summary>
    public static byte[] FatalAlert => Record(21, [2, 40]);

    /// <summary>A hello whose <c>random</c> follows from the seed.</summary>
    public static byte[] ClientHello(int seed = 1, int padding = 0) => Record(22, Message(1,
        [3, 3, .. Noise(32, seed), 0, 0, 4, 0xC0, 0x2F, 0xC0, 0x30, 1, 0, .. Vector([0, 21, .. Vector(new byte[padding])])]));

    /// <summary>A whole session: opened, its handshake completed, some data, closed.</summary>
    public static TcpConversation Session(this TcpConversation conversation, int seed = 1) =>
        conversation.Open().Handshake(seed).Send(true, Data).Send(false, Data).Close();

    /// <summary>The four flights of the handshake.</summary>
    public static TcpConversation Handshake(this TcpConversation conversation, int seed = 1, int padding = 0) =>
        conversation.Send(true, ClientHello(seed, padding)).Send(false, ServerFlight).Send(true, ClientFlight).Send(false, Finished);

    private static byte[] Record(byte type, byte[] body) => [type, 3, 3, .. Vector(body)];

    private static byte[] Message(byte type, byte[] body) => [type, 0, .. Vector(body)];

    private static byte[] Vector(byte[] body) => [(byte)(body.Length >> 8), (byte)body.Length, .. body];

    private static byte[] Noise(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
