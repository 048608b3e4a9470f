using TlsAppliance.Sinks.Queues.Spooling;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>
/// A directory that forgets like a real one: what was not synced may be lost in part and out of order when power is cut, and is all there when only the process is
/// killed. It can end the process between any two operations or in the midst of a write, fail any operation, and be full.
/// </summary>
internal sealed class MemoryFiles : IQueueFiles
{
    private readonly Dictionary<string, Inode> _names = [];
    private readonly Dictionary<string, Inode> _durableNames = [];
    private readonly List<(string Name, Inode? Inode)> _nameChanges = [];
    private readonly Random _random;

    /// <summary>A queue syncs on one thread and writes on another.</summary>
    private readonly Lock _gate = new();

    public MemoryFiles(int seed = 1) => _random = new Random(seed);

    /// <summary>Operations until the process ends; negative: never.</summary>
    public int Fuse { get; set; } = -1;

    /// <summary>Of 100 operations so many fail; reading never does, because what a disk does not give is damage.</summary>
    public int FailuresPerCent { get; set; }

    /// <summary>Every change fails with this.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Bytes that all files may have.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    public long BytesRead { get; private set; }

    public IEnumerable<string> Names => _names.Keys;

    public long Used
    {
        get
        {
            using Lock.Scope scope = _gate.EnterScope();
            return _names.Values.Sum(inode => inode.Bytes.Length);
        }
    }

    /// <summary>The contents of a file, to be damaged.</summary>
    public byte[] this[string name]
    {
        get => _names[name].Bytes;
        set
        {
            if (!_names.TryGetValue(name, out Inode? inode))
            {
                inode = new Inode();
                (_names[name], _durableNames[name]) = (inode, inode);
            }

            (inode.Bytes, inode.Durable) = (value, [.. value]);
            inode.Changes.Clear();
        }
    }

    /// <summary>The same directory for the next process.</summary>
    public MemoryFiles Killed() => After(_names, inode => new Inode { Bytes = [.. inode.Bytes], Durable = [.. inode.Durable], Changes = [.. inode.Changes] }, keepsChanges: true);

    /// <summary>What the next process finds when power was cut.</summary>
    public MemoryFiles PoweredOff()
    {
        using Lock.Scope scope = _gate.EnterScope();
        Dictionary<string, Inode> names = new(_durableNames);
        foreach ((string name, Inode? inode) in _nameChanges.Take(_random.Next(_nameChanges.Count + 1)))
        {
            Apply(names, name, inode);
        }

        return After(names, Settle, keepsChanges: false);
    }

    public IReadOnlyList<(string Name, long Length)> List()
    {
        using Lock.Scope scope = _gate.EnterScope();
        Step(changes: false);
        return [.. _names.Select(file => (file.Key, (long)file.Value.Bytes.Length))];
    }

    public IQueueFile Create(string name)
    {
        using Lock.Scope scope = _gate.EnterScope();
        Step(changes: true);
        if (_names.ContainsKey(name))
        {
            throw new IOException("The file exists", 17);
        }

        var inode = new Inode();
        Change(name, inode);
        return new OpenFile(this, inode);
    }

    public IQueueFile Open(string name, bool writable)
    {
        using Lock.Scope scope = _gate.EnterScope();
        Step(changes: writable);
        return _names.TryGetValue(name, out Inode? inode) ? new OpenFile(this, inode) : throw new FileNotFoundException(name);
    }

    public void Delete(string name)
    {
        using Lock.Scope scope = _gate.EnterScope();
        Step(changes: true);
        Change(name, null);
    }

    public void SyncDirectory()
    {
        using Lock.Scope scope = _gate.EnterScope();
        Step(changes: true);
        _durableNames.Clear();
        foreach ((string name, Inode inode) in _names)
        {
            _durableNames.Add(name, inode);
        }

        _nameChanges.Clear();
    }

    private static void Apply(Dictionary<string, Inode> names, string name, Inode? inode)
    {
        if (inode is null)
        {
            names.Remove(name);
        }
        else
        {
            names[name] = inode;
        }
    }

    private void Change(string name, Inode? inode)
    {
        Apply(_names, name, inode);
        _nameChanges.Add((name, inode));
    }

    private MemoryFiles After(Dictionary<string, Inode> names, Func<Inode, Inode> copy, bool keepsChanges)
    {
        var next = new MemoryFiles(_random.Next());
        var copies = new Dictionary<Inode, Inode>();
        Inode Copy(Inode inode) => copies.TryGetValue(inode, out Inode? known) ? known : copies[inode] = copy(inode);
        foreach ((string name, Inode inode) in names)
        {
            next._names[name] = Copy(inode);
        }

        foreach ((string name, Inode inode) in keepsChanges ? _durableNames : names)
        {
            next._durableNames[name] = Copy(inode);
        }

        if (keepsChanges)
        {
            next._nameChanges.AddRange(_nameChanges.Select(change => (change.Name, change.Inode is null ? null : Copy(change.Inode))));
        }

        return next;
    }

    /// <summary>Of the changes since the last sync each came to the disk, or not, or in part.</summary>
    private Inode Settle(Inode inode)
    {
        byte[] bytes = [.. inode.Durable];
        foreach (Func<byte[], int, byte[]> change in inode.Changes)
        {
            int chance = _random.Next(3);
            bytes = chance switch
            {
                0 => bytes,
                1 => change(bytes, int.MaxValue),
                _ => change(bytes, _random.Next(300)),
            };
        }

        return new Inode { Bytes = bytes, Durable = [.. bytes] };
    }

    private void Step(bool changes, bool canFail = true)
    {
        if (Fuse == 0)
        {
            throw new PowerCut();
        }

        Fuse--;
        if (changes && Refusal is not null)
        {
            throw Refusal;
        }

        if (canFail && FailuresPerCent > 0 && _random.Next(100) < FailuresPerCent)
        {
            throw new IOException("Input/output error", 5);
        }
    }

    private sealed class Inode
    {
        public byte[] Bytes { get; set; } = [];

        public byte[] Durable { get; set; } = [];

        /// <summary>What was done since the last sync; each takes the bytes and how many of its own it brings in.</summary>
        public List<Func<byte[], int, byte[]>> Changes { get; init; } = [];

        public void Do(Func<byte[], int, byte[]> change)
        {
            Bytes = change(Bytes, int.MaxValue);
            Changes.Add(change);
        }
    }

    private sealed class OpenFile(MemoryFiles files, Inode inode) : IQueueFile
    {
        private bool _closed;

        public int Read(Span<byte> bytes, long offset)
        {
            using Lock.Scope scope = files._gate.EnterScope();
            ObjectDisposedException.ThrowIf(_closed, this);
            files.Step(changes: false, canFail: false);
            int length = (int)Math.Clamp(inode.Bytes.Length - offset, 0, bytes.Length);
            inode.Bytes.AsSpan((int)Math.Min(offset, inode.Bytes.Length), length).CopyTo(bytes);
            files.BytesRead += length;
            return length;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            using Lock.Scope scope = files._gate.EnterScope();
            ObjectDisposedException.ThrowIf(_closed, this);
            bool isLast = files.Fuse == 0;
            byte[] written = bytes.ToArray();
            if (!isLast)
            {
                files.Step(changes: true);
            }

            long room = files.Capacity - files.Used + Math.Max(0, inode.Bytes.Length - offset);
            int length = (int)Math.Clamp(room, 0, written.Length);
            length = isLast ? files._random.Next(length + 1) : length;
            inode.Do((content, limit) => Overwrite(content, written.AsSpan(0, Math.Min(length, limit)), (int)offset));
            if (isLast)
            {
                throw new PowerCut();
            }

            if (length < written.Length)
            {
                throw new IOException("No space left on device", 28);
            }
        }

        public void Truncate(long length)
        {
            using Lock.Scope scope = files._gate.EnterScope();
            ObjectDisposedException.ThrowIf(_closed, this);
            files.Step(changes: true);
            inode.Do((content, _) => content.Length > length ? content[..(int)length] : Overwrite(content, [], (int)length));
        }

        public void Sync()
        {
            using Lock.Scope scope = files._gate.EnterScope();
            ObjectDisposedException.ThrowIf(_closed, this);
            files.Step(changes: true);
            inode.Durable = [.. inode.Bytes];
            inode.Changes.Clear();
        }

        public void Dispose() => _closed = true;

        private static byte[] Overwrite(byte[] content, ReadOnlySpan<byte> bytes, int offset)
        {
            var result = new byte[Math.Max(content.Length, offset + bytes.Length)];
            content.CopyTo(result, 0);
            bytes.CopyTo(result.AsSpan(offset));
            return result;
        }
    }
}
