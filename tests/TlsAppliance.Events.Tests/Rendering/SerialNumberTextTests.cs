using System.Globalization;
using System.Numerics;
using TlsAppliance.Events.Rendering;

namespace TlsAppliance.Events.Tests.Rendering;

public class SerialNumberTextTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("00", "00", "0")]
    [InlineData("0000", "00", "0")]
    [InlineData("01", "01", "1")]
    [InlineData("0fd078d4", "0FD078D4", "265320660")]
    [InlineData("00fd07", "FD07", "64775")]
    [InlineData("ff", "-01", "-1")]
    [InlineData("80", "-80", "-128")]
    [InlineData("ff7f", "-81", "-129")]
    [InlineData("0fd078dd48f1a2bd4d0f2ba96b6038fe", "0FD078DD48F1A2BD4D0F2BA96B6038FE", "21020869104500376438182461249190639870")]
    public void Prints_whole_bytes_and_decimal(string contents, string hexadecimal, string number)
    {
        Assert.Equal(hexadecimal, SerialNumberText.Hexadecimal(Convert.FromHexString(contents)));
        Assert.Equal(number, SerialNumberText.Decimal(Convert.FromHexString(contents)));
    }

    [Fact]
    public void Decimal_is_the_number_at_every_length()
    {
        var random = new Random(5280);
        for (int length = 1; length <= 24; length++)
        {
            byte[] largest = [0x7F, .. Enumerable.Repeat((byte)0xFF, length - 1)];
            byte[] any = new byte[length];
            random.NextBytes(any);
            foreach (byte[] contents in (byte[][])[largest, any, [0, .. any]])
            {
                string expected = new BigInteger(contents, isUnsigned: false, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
                Assert.Equal(expected, SerialNumberText.Decimal(contents));
            }
        }
    }
}
