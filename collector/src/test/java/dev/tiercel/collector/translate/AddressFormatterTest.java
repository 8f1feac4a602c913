package dev.tiercel.collector.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFormatterTest {
    @ParameterizedTest
    @CsvSource({
        "01020304,1.2.3.4",
        "ffffffff,255.255.255.255",
        "00000000,0.0.0.0",
        "00000000000000000000000000000000,::",
        "00000000000000000000000000000001,::1",
        "20010db8000000000000000000000001,2001:db8::1",
        "20010db8000000010000000000000001,2001:db8:0:1::1",
        "20010db8000100000001000000000001,2001:db8:1:0:1::1",
        "fe800000000000000000000000000000,fe80::",
        "00010002000300040005000600070008,1:2:3:4:5:6:7:8",
        "00010000000300040005000600070008,1:0:3:4:5:6:7:8",
        "0000000000000000ffff000000000abc,::ffff:0:0:abc",
    })
    void formatsAsInRfc5952(String address, String expected) {
        byte[] bytes = HexFormat.of().parseHex(address);
        AddressFormatter text = new AddressFormatter();
        text.address(ByteBuffer.wrap(bytes), 0, bytes.length);

        assertThat(new String(text.bytes(), 0, text.length(), StandardCharsets.US_ASCII))
                .isEqualTo(expected);
    }
}
