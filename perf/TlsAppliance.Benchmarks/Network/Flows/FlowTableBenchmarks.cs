using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Network.Flows;

namespace TlsAppliance.Benchmarks.Network.Flows;

/// <summary>Per look-up, hash included, in a table of 100,000 flows.</summary>
public class FlowTableBenchmarks
{
    private const int Flows = 100_000;
    private const int LookUps = 1024;

    private readonly FlowHash _hash = new(seed: 42);
    private readonly FlowTable<long> _table;
    private readonly Dictionary<FlowKey, long> _dictionary;
    private readonly FlowKey[] _known;
    private readonly FlowKey[] _unknown;

    public FlowTableBenchmarks()
    {
        FlowKey[] keys = SampleFrames.Keys(Flows + LookUps);
        _table = new FlowTable<long>(new FlowOptions(), _hash);
        _dictionary = keys[..Flows].ToDictionary(key => key, _ => 1L);
        foreach (FlowKey key in keys[..Flows])
        {
            _table[_table.Add(key, _hash.Compute(key), now: 0)] = 1;
        }

        _known = new Random(1).GetItems(keys.AsSpan(0, Flows), LookUps);
        _unknown = keys[Flows..];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = LookUps)]
    public long Dictionary()
    {
        long sum = 0;
        foreach (ref readonly FlowKey key in _known.AsSpan())
        {
            sum += _dictionary[key];
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = LookUps)]
    public long Find()
    {
        long sum = 0;
        foreach (ref readonly FlowKey key in _known.AsSpan())
        {
            sum += _table[_table.Find(key, _hash.Compute(key))];
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = LookUps)]
    public long FindUnknown()
    {
        long sum = 0;
        foreach (ref readonly FlowKey key in _unknown.AsSpan())
        {
            sum += _table.Find(key, _hash.Compute(key));
        }

        return sum;
    }

    /// <summary>A flow comes, is seen once more and goes.</summary>
    [Benchmark(OperationsPerInvoke = LookUps)]
    public long AddTouchRemove()
    {
        long sum = 0;
        foreach (ref readonly FlowKey key in _unknown.AsSpan())
        {
            int index = _table.Add(key, _hash.Compute(key), now: 0);
            _table.Touch(index, now: 0, seen: 0);
            _table.Remove(index);
            sum += index;
        }

        return sum;
    }
}
