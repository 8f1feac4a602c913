package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelinePartTest {
    @ParameterizedTest
    @CsvSource({
        "data-plane-kafka-network-thread-1-CLIENT-SASL_PLAINTEXT-0, BROKER",
        "broker-1-to-controller-heartbeat-channel-manager, BROKER",
        "kafka-1-raft-io-thread, BROKER",
        "executor-Fetch, BROKER",
        "tiercel-detector-86c85984-9121-4b4e-9283-098cc9483060-StreamThread-1, DETECTOR",
        "kafka-producer-network-thread | tiercel-detector-86c85984-StreamThread-1-producer, DETECTOR",
        "kafka-coordinator-heartbeat-thread | tiercel-detector, DETECTOR",
        "detector-progress, DETECTOR",
        "collector, COLLECTOR",
        "kafka-producer-network-thread | tiercel-collector-node-1, COLLECTOR",
        "container-events-docker, COLLECTOR",
        "kafka-producer-network-thread | producer-2, REST",
        "kafka-producer-network-thread | tiercel-schema-registry-_schemas, REST",
        "stdout-sink, REST",
        "main, REST",
        "C2 CompilerThread0, JVM",
        "GC Thread#1, JVM",
        "VM Thread, JVM",
        "my own thread, OTHER",
        "'', OTHER",
    })
    void knowsThreadsByTheirNames(String name, PipelinePart part) {
        assertThat(PipelinePart.of(name)).isEqualTo(part);
    }

    @ParameterizedTest
    @CsvSource({
        "data-plane-kafk, BROKER",
        "quorum-controll, BROKER",
        "network-partiti, BROKER",
        "tiercel-detecto, DETECTOR",
        "C1 CompilerThre, JVM",
        "Reference Handl, JVM",
        "HTTP-Dispatcher, REST",
    })
    void knowsTheFirstFifteenCharacters(String comm, PipelinePart part) {
        assertThat(PipelinePart.of(comm)).isEqualTo(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka-producer-", "kafka-admin-cli"})
    void guessesNothingIfTheyFitSeveralParts(String comm) {
        assertThat(PipelinePart.of(comm)).isEqualTo(PipelinePart.OTHER);
    }

    @Test
    void shorterNamesAreWhole() {
        assertThat(List.of("data-plane", "tiercel", "kafka-"))
                .allSatisfy(name -> assertThat(PipelinePart.of(name)).isEqualTo(PipelinePart.OTHER));
    }
}
