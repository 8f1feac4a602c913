package dev.tiercel.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.Compatibility;
import dev.tiercel.schemas.RegisteredSchema;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.RegistryException.Reason;
import dev.tiercel.schemas.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every schema registry does.
@Timeout(120)
abstract class RegistryContract {

    static final String FIRST = schema("");
    static final String WITH_DEFAULT = schema(",{\"name\":\"b\",\"type\":\"int\",\"default\":7}");
    static final String WITHOUT_DEFAULT = schema(",{\"name\":\"c\",\"type\":\"string\"}");

    private SchemaRegistry registry = new InMemoryRegistry();

    /// An empty registry.
    abstract SchemaRegistry open() throws Exception;

    static String schema(String moreFields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"}" + moreFields + "]}";
    }

    @BeforeEach
    void openRegistry() throws Exception {
        registry = open();
    }

    @AfterEach
    void closeRegistry() {
        registry.close();
        registry.close(); // twice does nothing
    }

    @Test
    void givesASchemaOneIdForEver() {
        int id = registry.register("s", FIRST);

        assertThat(registry.register("s", FIRST)).isEqualTo(id);
        assertThat(registry.register("s", FIRST.replace(",", " , ")))
                .as("same schema, other text")
                .isEqualTo(id);
        assertThat(registry.register("t", FIRST))
                .as("same schema, other subject")
                .isEqualTo(id);
        assertThat(new Schema.Parser().parse(registry.schema(id))).isEqualTo(new Schema.Parser().parse(FIRST));
    }

    @Test
    void numbersTheVersionsOfASubject() {
        int first = registry.register("s", FIRST);
        int second = registry.register("s", WITH_DEFAULT);

        assertThat(second).isNotEqualTo(first);
        assertThat(registry.subjects()).containsExactly("s");
        assertThat(registry.versions("s")).containsExactly(1, 2);
        assertThat(registry.version("s", 1)).map(RegisteredSchema::id).hasValue(first);
        assertThat(registry.latest("s")).hasValueSatisfying(latest -> {
            assertThat(latest.subject()).isEqualTo("s");
            assertThat(latest.version()).isEqualTo(2);
            assertThat(latest.id()).isEqualTo(second);
        });
        assertThat(registry.lookup("s", FIRST)).map(RegisteredSchema::version).hasValue(1);
    }

    @Test
    void knowsNothingOfWhatWasNotRegistered() {
        assertThat(registry.subjects()).isEmpty();
        assertThat(registry.versions("s")).isEmpty();
        assertThat(registry.latest("s")).isEmpty();
        assertThat(registry.version("s", 1)).isEmpty();
        assertThat(registry.lookup("s", FIRST)).isEmpty();
        assertReason(Reason.UNKNOWN_SCHEMA, () -> registry.schema(12345));
        registry.register("s", FIRST);
        assertThat(registry.version("s", 2)).isEmpty();
        assertThat(registry.lookup("s", WITH_DEFAULT)).isEmpty();
        assertThat(registry.lookup("t", FIRST)).isEmpty();
    }

    @Test
    void refusesASchemaThatCannotReadTheLastVersion() {
        registry.register("s", FIRST);

        assertThat(registry.isCompatible("s", WITH_DEFAULT)).isTrue();
        assertThat(registry.isCompatible("s", WITHOUT_DEFAULT)).isFalse();
        assertThat(registry.isCompatible("other", WITHOUT_DEFAULT)).isTrue();
        assertReason(Reason.INCOMPATIBLE, () -> registry.register("s", WITHOUT_DEFAULT));
        assertThat(registry.versions("s")).containsExactly(1);
    }

    @Test
    void refusesWhatIsNoSchema() {
        for (String bad : List.of("", "{", "\"unheardof\"", "{\"type\":\"record\"}", "42", "{}")) {
            assertReason(Reason.INVALID_SCHEMA, () -> registry.register("s", bad));
        }
        assertThat(registry.subjects()).isEmpty();
    }

    @Test
    void rulesAreBackwardUnlessSetAndCanBeSetForOneSubjectOrAll() {
        assertThat(registry.compatibility(SchemaRegistry.ALL_SUBJECTS)).hasValue(Compatibility.BACKWARD);
        assertThat(registry.compatibility("s")).isEmpty();
        registry.register("s", FIRST);
        registry.register("t", FIRST);

        registry.setCompatibility("s", Compatibility.NONE);

        assertThat(registry.compatibility("s")).hasValue(Compatibility.NONE);
        assertThat(registry.register("s", WITHOUT_DEFAULT)).isPositive();
        assertReason(Reason.INCOMPATIBLE, () -> registry.register("t", WITHOUT_DEFAULT));
        registry.setCompatibility(SchemaRegistry.ALL_SUBJECTS, Compatibility.FORWARD);
        assertThat(registry.register("t", WITHOUT_DEFAULT)).isPositive();
        assertThat(registry.compatibility(SchemaRegistry.ALL_SUBJECTS)).hasValue(Compatibility.FORWARD);
    }

    @Test
    void transitiveRulesLookAtEveryVersion() {
        String widened = FIRST.replace("long", "double");
        String onlyLikeWidened = FIRST.replace("\"long\"", "[\"double\",\"null\"]");
        registry.register("s", FIRST.replace("long", "string"));
        registry.setCompatibility("s", Compatibility.NONE);
        registry.register("s", widened);

        registry.setCompatibility("s", Compatibility.BACKWARD);
        assertThat(registry.isCompatible("s", onlyLikeWidened)).isTrue();
        registry.setCompatibility("s", Compatibility.BACKWARD_TRANSITIVE);
        assertThat(registry.isCompatible("s", onlyLikeWidened)).isFalse();
        registry.setCompatibility("s", Compatibility.FULL);
        assertThat(registry.isCompatible("s", onlyLikeWidened)).isFalse();
    }

    @Test
    void subjectsMayHaveAnyName() {
        String subject = "a b/c+d%20é?x=1#-value";
        int id = registry.register(subject, FIRST);

        assertThat(registry.subjects()).containsExactly(subject);
        assertThat(registry.latest(subject)).map(RegisteredSchema::id).hasValue(id);
        assertThat(registry.lookup(subject, FIRST))
                .map(RegisteredSchema::subject)
                .hasValue(subject);
    }

    @Test
    void registersFromManyThreadsAtOnce() throws Exception {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String schema = FIRST.replace("\"a\"", "\"f" + i % 5 + "\"");
            String subject = "s" + i % 5;
            calls.add(() -> registry.register(subject, schema));
        }
        Set<Integer> ids = new TreeSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> id : threads.invokeAll(calls)) {
                ids.add(id.get());
            }
        }

        assertThat(ids).hasSize(5);
        assertThat(registry.subjects())
                .hasSize(5)
                .allSatisfy(subject -> assertThat(registry.versions(subject)).containsExactly(1));
    }

    @Test
    void holdsOurOwnSchemas() {
        int id = new BatchVersions(registry).register();

        assertThat(new BatchVersions(registry).register()).isEqualTo(id);
        assertThat(registry.subjects()).containsExactly("events.syscall-value");
    }

    static void assertReason(Reason reason, Callable<?> call) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(call::call)
                .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }
}
