package dev.tiercel.detector.publication;

import dev.tiercel.schemas.avro.RuleChange;
import dev.tiercel.schemas.avro.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Makes the records of topic `rules.changes`.
///
/// @param application the detector's application id; empty: of a publisher
/// @param instance    the id of the detector's instance; empty: of a publisher
public record RuleChanges(String application, String instance, String host, InstantSource clock) {
    private static final int MOST_CHARACTERS = 4_000;
    private static final int NAME_CHARACTERS = 200;

    /// A set of rules as its publisher describes it, cut to lengths that fit anywhere.
    ///
    /// @param publishedAt nanoseconds since the epoch; 0: unknown
    public record Subject(String version, String publisher, long publishedAt) {
        public static final Subject NONE = new Subject("", "", 0);

        public static Subject of(RuleFiles files) {
            return new Subject(files.getVersion(), files.getPublisher(), files.getPublishedAt());
        }

        public Subject {
            version = cut(version, NAME_CHARACTERS);
            publisher = cut(publisher, NAME_CHARACTERS);
        }
    }

    static RuleChanges ofPublisher(InstantSource clock) {
        return new RuleChanges("", "", hostName(), clock);
    }

    public static RuleChanges ofInstance(String application, String instance) {
        return new RuleChanges(application, instance, hostName(), InstantSource.system());
    }

    RuleChange published(Subject subject, int rules) {
        return change("PUBLISHED", subject, rules, "");
    }

    public RuleChange inForce(Subject subject, int rules) {
        return change("IN_FORCE", subject, rules, "");
    }

    public RuleChange refused(Subject subject, String reasons) {
        return change("REFUSED", subject, 0, cut(reasons, MOST_CHARACTERS));
    }

    private RuleChange change(String kind, Subject subject, int rules, String reason) {
        return RuleChange.newBuilder()
                .setKind(kind)
                .setTime(now())
                .setVersion(subject.version())
                .setPublisher(subject.publisher())
                .setPublishedAt(subject.publishedAt())
                .setRules(rules)
                .setApplication(application)
                .setInstance(instance)
                .setHost(host)
                .setReason(reason)
                .build();
    }

    public long now() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException unknown) {
            return "";
        }
    }
}
