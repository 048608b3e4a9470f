using System.Text;
using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Network.Tests.Reassembly;

/// <summary>One stream and its consumer, spoken to in relative numbers. A gap of n bytes reads as <c>[n]</c>.</summary>
internal sealed class StreamHarness
{
    private readonly uint _initial;
    private readonly Transcript _transcript = new();
    private StreamState _stream;

    public StreamHarness(uint initial = 1000, ReassemblyOptions? options = null)
    {
        _initial = initial;
        Reassembler = new StreamReassembler(options ?? new ReassemblyOptions());
    }

    public StreamReassembler Reassembler { get; }

    public ReassemblyCounters Counters => Reassembler.Counters;

    public ref StreamState State => ref _stream;

    public long Now { get; set; } = 1_000_000_000;

    public string Text => _transcript.Text.ToString();

    /// <summary>After so many bytes the consumer wants no more.</summary>
    public int Appetite { set => _transcript.Appetite = value; }

    public StreamHarness Placed()
    {
        Reassembler.Place(ref _stream, At(0));
        return this;
    }

    public StreamHarness PlacedTentatively(int offset)
    {
        Reassembler.PlaceTentatively(ref _stream, At(offset));
        return this;
    }

    public StreamHarness Segment(int offset, string payload = "", int missing = 0, bool fin = false) =>
        Segment(offset, Encoding.ASCII.GetBytes(payload), missing, fin);

    public StreamHarness Segment(int offset, byte[] payload, int missing = 0, bool fin = false)
    {
        Consumer consumer = new(_transcript);
        Reassembler.Accept(ref _stream, new TcpSegment(At(offset), payload, missing, fin, Now), ref consumer);
        return this;
    }

    public StreamHarness Tick(double seconds)
    {
        Now += (long)(seconds * 1e9);
        Consumer consumer = new(_transcript);
        Reassembler.GiveUpExpired(ref _stream, Now, ref consumer);
        return this;
    }

    public StreamHarness Settle()
    {
        Consumer consumer = new(_transcript);
        Reassembler.Settle(ref _stream, ref consumer);
        return this;
    }

    public StreamHarness Flush()
    {
        Consumer consumer = new(_transcript);
        Reassembler.Flush(ref _stream, ref consumer);
        return this;
    }

    public StreamHarness Release()
    {
        Reassembler.Release(ref _stream);
        return this;
    }

    private TcpSequence At(int offset) => new TcpSequence(_initial) + offset;

    private sealed class Transcript
    {
        public StringBuilder Text { get; } = new();

        public int Appetite { get; set; } = int.MaxValue;
    }

    private readonly struct Consumer(Transcript transcript) : IStreamConsumer
    {
        public bool OnBytes(ReadOnlySpan<byte> bytes)
        {
            transcript.Text.Append(Encoding.Latin1.GetString(bytes));
            return transcript.Text.Length < transcript.Appetite;
        }

        public void OnGap(long missing) => transcript.Text.Append('[').Append(missing).Append(']');
    }
}
