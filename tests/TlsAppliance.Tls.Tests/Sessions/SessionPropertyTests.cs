using CsCheck;
using TlsAppliance.Testing.Cuts;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Tls.Tests.Sessions;

/// <summary>What a session is does not depend on how its bytes arrive.</summary>
public class SessionPropertyTests
{
    [Fact]
    public void Every_split_of_every_flight_gives_the_same_session()
    {
        foreach (Conversation conversation in Conversation.Complete())
        {
            string expected = Conversation.Facts(conversation.Run());
            int longest = conversation.Flights.Max(flight => flight.Bytes.Length);
            for (int at = 0; at <= longest; at++)
            {
                int cut = at;
                Assert.Equal(expected, Conversation.Facts(conversation.Run(cut: bytes => cut < bytes.Length ? [bytes[..cut], bytes[cut..]] : [bytes])));
            }
        }
    }

    [Fact]
    public void Random_cuts_give_the_same_session() =>
        Gen.Select(Gen.Int[0, Conversation.Complete().Count() - 1], Gen.Int, Gen.Int[1, 400]).Sample(
            (kind, seed, longest) =>
            {
                Conversation conversation = Conversation.Complete().ElementAt(kind);
                Random random = new(seed);
                return Conversation.Facts(conversation.Run()) ==
                    Conversation.Facts(conversation.Run(cut: bytes => Cutter.Random(bytes, random, longest).Pieces));
            },
            seed: "0000KMCRfFP1",
            iter: 2000,
            threads: 1);

    [Fact]
    public void Any_interleaving_of_the_directions_gives_the_same_session() =>
        Gen.Select(Gen.Int[0, Conversation.Complete().Count() - 1], Gen.Int, Gen.Int[1, 400]).Sample(
            (kind, seed, longest) =>
            {
                Conversation conversation = Conversation.Complete().ElementAt(kind);
                return Conversation.Facts(conversation.Run()) == Conversation.Facts(Interleave(conversation, new Random(seed), longest));
            },
            seed: "0000KMCRfFP1",
            iter: 2000,
            threads: 1);

    [Fact]
    public void Secrets_and_application_data_never_reach_the_session_behind_a_preamble_either()
    {
        Conversation conversation = new Conversation().Originator(TlsBytes.Filler(5000), Conversation.Tls13(psk: true).Flights[0].Bytes);
        TlsSession session = conversation.Run().Session;
        Assert.True(session.HasClientHello);
        Assert.DoesNotContain((byte)0xA5, session.ClientHelloBytes.ToArray());
    }

    /// <summary>Pieces in an order that keeps that of each direction only; every piece keeps the time at which it was captured.</summary>
    private static TlsSessionTracker Interleave(Conversation conversation, Random random, int longest)
    {
        Queue<(byte[] Bytes, long Time)>[] directions = [new(), new()];
        long time = 0;
        foreach ((bool fromOriginator, byte[] bytes) in conversation.Flights)
        {
            time++;
            foreach (byte[] piece in Cutter.Random(bytes, random, longest).Pieces)
            {
                directions[fromOriginator ? 0 : 1].Enqueue((piece, time));
            }
        }

        TlsSessionTracker tracker = new();
        while (directions[0].Count + directions[1].Count > 0)
        {
            int next = directions[0].Count == 0 ? 1 : directions[1].Count == 0 ? 0 : random.Next(2);
            (byte[] bytes, long captured) = directions[next].Dequeue();
            _ = tracker.OnBytes(next == 0, bytes, captured);
        }

        tracker.Finish();
        return tracker;
    }
}
