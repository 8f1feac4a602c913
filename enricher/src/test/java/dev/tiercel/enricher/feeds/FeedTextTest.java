package dev.tiercel.enricher.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeedTextTest {
    @Test
    void readsTheFirstWordOfEachLine() {
        assertThat(FeedText.items("""
                # a comment
                192.0.2.7
                198.51.100.0/24 ; SBL1
                "example.org","malware"
                192.0.2.7   # again

                d41d8cd98f00b204e9800998ecf8427e\r
                """))
                .containsExactly("192.0.2.7", "198.51.100.0/24", "d41d8cd98f00b204e9800998ecf8427e", "example.org");
    }

    @Test
    void refusesAnErrorPage() {
        assertThatThrownBy(() -> FeedText.items("<!DOCTYPE html>\n<html><body>gone</body></html>"))
                .hasMessage("it is a page, not a list");
    }

    @Test
    void refusesTooMany() {
        String many =
                IntStream.rangeClosed(0, 200_000).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
        assertThatThrownBy(() -> FeedText.items(many)).hasMessage("it has more than 200000 items");
    }

    @Test
    void anEmptyListIsAList() {
        assertThat(FeedText.items("# nothing today\n")).isEmpty();
    }
}
