package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlainTextTest {
    @Test
    void escapesWhatForgesALineOrSteersATerminal() {
        assertThat(PlainText.line("a\r\nERROR forged\t\u001b[31m\u0007\u007f\u009b1m\0"))
                .isEqualTo("a\\r\\nERROR forged\t\\x1b[31m\\x07\\x7f\\x9b1m\\x00");
        assertThat(PlainText.lines("a\n\tb\r\u001b]0;title\u0007")).isEqualTo("a\n\tb\\r\\x1b]0;title\\x07");
    }

    @Test
    void escapesWhatTurnsTheDirectionOfWriting() {
        assertThat(PlainText.line("\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069"))
                .isEqualTo("\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a\\u202e\\u2066\\u2069");
    }

    @Test
    void escapesHalfACharacter() {
        assertThat(PlainText.line("\ud83d.\ude00")).isEqualTo("\\ud83d.\\ude00");
    }

    @Test
    void noLineOfABlockBeginsLikeTheFirst() {
        assertThat(PlainText.block("a\nERROR forged\n  b\n\tc\n\nd\n"))
                .isEqualTo("a\n  ERROR forged\n  b\n\tc\n\n  d\n");
        assertThat(PlainText.block("a\r\nERROR")).isEqualTo("a\\r\n  ERROR");
    }

    @Test
    void keepsJsonWhatItIs() {
        assertThat(PlainText.json("{\n\t\"a\\n\": \"\u007f\u009b\u202e\"}"))
                .isEqualTo("{\n\t\"a\\n\": \"\\u007f\\u009b\\u202e\"}");
    }

    @Test
    void leavesOtherTextAlone() {
        String text = "Ωμέγα שלום \ud83d\ude00 \\n\u00a0~\u200d";
        assertThat(PlainText.line(text)).isSameAs(text);
        assertThat(PlainText.lines(text)).isSameAs(text);
    }
}
