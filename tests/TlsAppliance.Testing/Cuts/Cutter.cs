namespace TlsAppliance.Testing.Cuts;

/// <summary>Cuts a wire image at every byte: what every reader of the wire must stand.</summary>
public static class Cutter
{
    /// <summary>The image in one piece, in two at every place, and byte by byte. The result of reading must be the same for all.</summary>
    public static IEnumerable<Cut> Whole(byte[] image)
    {
        yield return new Cut("whole", [image]);
        for (int at = 1; at < image.Length; at++)
        {
            yield return new Cut($"split at {at} of {image.Length}", [image[..at], image[at..]]);
        }

        yield return new Cut("byte by byte", [.. image.Select(value => new[] { value })]);
    }

    /// <summary>Every beginning that is not the whole: nothing may be read from it that is not there.</summary>
    public static IEnumerable<byte[]> Prefixes(byte[] image) => Enumerable.Range(0, image.Length).Select(length => image[..length]);

    /// <summary>The image and one byte that does not belong to it.</summary>
    public static byte[] OneByteMore(byte[] image) => [.. image, 0x2A];

    /// <summary>Random pieces of 1 to <paramref name="longest"/> bytes.</summary>
    public static Cut Random(byte[] image, Random random, int longest)
    {
        List<byte[]> pieces = [];
        for (int at = 0; at < image.Length;)
        {
            int length = Math.Min(random.Next(1, longest + 1), image.Length - at);
            pieces.Add(image[at..(at + length)]);
            at += length;
        }

        return new Cut("random", [.. pieces]);
    }

    /// <summary>Copies of the image with one to four bytes changed, cut away or doubled.</summary>
    public static IEnumerable<byte[]> Mutations(byte[] image, int seed, int count)
    {
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            yield return Mutate(image, random);
        }
    }

    private static byte[] Mutate(byte[] image, Random random)
    {
        List<byte> bytes = [.. image];
        for (int changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = random.Next(2) == 0 ? byte.MinValue : byte.MaxValue;
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 9)));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 9))));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
