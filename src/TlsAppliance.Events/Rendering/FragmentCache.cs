using System.Runtime.CompilerServices;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Events.Rendering;

/// <summary>
/// Rendered certificates by identity of their facts, which sessions that showed the same bytes share. Two generations bound it: when the young one is
/// full the old one is forgotten and the young one becomes old; what is used again moves back.
/// </summary>
internal sealed class FragmentCache
{
    private readonly int _entries;
    private readonly long _bytes;
    private Dictionary<Key, Fragment> _young = [];
    private Dictionary<Key, Fragment> _old = [];
    private long _youngBytes;

    /// <param name="entries">Fragments of one generation.</param>
    /// <param name="bytes">JSON bytes of one generation.</param>
    internal FragmentCache(int entries = 4096, long bytes = 16 * 1024 * 1024)
    {
        _entries = entries;
        _bytes = bytes;
    }

    internal int Count => _young.Count + _old.Count;

    internal bool TryGet(CertificateFacts certificate, CertificateForm form, out Fragment fragment)
    {
        Key key = new(certificate, form);
        if (_young.TryGetValue(key, out fragment!))
        {
            return true;
        }

        if (!_old.Remove(key, out fragment!))
        {
            return false;
        }

        Add(key, fragment);
        return true;
    }

    internal void Add(CertificateFacts certificate, CertificateForm form, Fragment fragment) => Add(new Key(certificate, form), fragment);

    private void Add(Key key, Fragment fragment)
    {
        if (_young.Count >= _entries || _youngBytes + fragment.Json.Length > _bytes)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
            _youngBytes = 0;
        }

        _young[key] = fragment;
        _youngBytes += fragment.Json.Length;
    }

    /// <summary>Compares by reference: the facts are immutable and one object per distinct certificate. Written out, because the default boxes the form.</summary>
    private readonly struct Key(CertificateFacts certificate, CertificateForm form) : IEquatable<Key>
    {
        private readonly CertificateFacts _certificate = certificate;
        private readonly CertificateForm _form = form;

        public bool Equals(Key other) => ReferenceEquals(_certificate, other._certificate) && _form == other._form;

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_certificate), (int)_form);
    }
}
