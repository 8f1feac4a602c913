package dev.tiercel.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.schemas.ProcessAttribute.Kind;
import dev.tiercel.schemas.avro.Process;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// The table says of a process what the schema of the batch says.
class ProcessAttributeTest {

    private static final List<String> INDICES = List.of("parent", "sessionLeader", "groupLeader", "container");

    private final List<ProcessAttribute> attributes = List.of(ProcessAttribute.values());

    @Test
    void hasTheFieldsOfTheRecordInItsOrder() {
        assertThat(Stream.concat(INDICES.stream(), attributes.stream().map(ProcessAttribute::avroField)))
                .as("SyscallBatch.avsc, record Process, and ProcessAttribute")
                .containsExactlyElementsOf(Process.getClassSchema().getFields().stream()
                        .map(Schema.Field::name)
                        .toList());
    }

    @Test
    void hasTheTypesOfTheRecord() {
        for (ProcessAttribute attribute : attributes) {
            Schema.Field field = Objects.requireNonNull(Process.getClassSchema().getField(attribute.avroField()));
            assertThat(kind(field.schema())).as(attribute.avroField()).isEqualTo(attribute.kind());
        }
    }

    private static Kind kind(Schema schema) {
        return switch (schema.getType()) {
            case LONG -> Kind.NUMBER;
            case INT -> Kind.INT;
            case STRING -> Kind.TEXT;
            case UNION -> Kind.OPTIONAL_TEXT;
            case ARRAY -> schema.getElementType().getType() == Schema.Type.LONG ? Kind.NUMBERS : Kind.TEXTS;
            default -> throw new IllegalArgumentException("no kind of attribute: " + schema);
        };
    }

    /// A reader of this version gives an attribute that an older batch lacks the schema's default.
    @Test
    void whatTheSchemaTakesForUnknownIsWhatTheTableTakes() {
        for (ProcessAttribute attribute : attributes) {
            Schema.Field field = Objects.requireNonNull(Process.getClassSchema().getField(attribute.avroField()));
            if (field.hasDefaultValue() && attribute.kind().isNumber()) {
                assertThat(((Number) field.defaultVal()).longValue())
                        .as(attribute.avroField())
                        .isEqualTo(attribute.unset());
            }
        }
    }

    @Test
    void slotsAreTheTablesOrder() {
        assertThat(slots(attributes.stream().map(ProcessAttribute::numberSlot)))
                .isEqualTo(range(ProcessAttribute.unsetNumbers().length));
        assertThat(slots(attributes.stream().map(ProcessAttribute::otherSlot)))
                .isEqualTo(range(ProcessAttribute.otherCount()));
        assertThat(attributes).allMatch(a -> (a.numberSlot() < 0) == (a.otherSlot() >= 0));
    }

    private static List<Integer> slots(Stream<Integer> slots) {
        return slots.filter(slot -> slot >= 0).toList();
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void everyRowIsSaidOnce() {
        assertThat(attributes.stream().map(ProcessAttribute::recordField).flatMap(Optional::stream))
                .doesNotHaveDuplicates();
        assertThat(attributes.stream().map(ProcessAttribute::ruleField).flatMap(Optional::stream))
                .doesNotHaveDuplicates();
        assertThat(attributes.stream().map(ProcessAttribute::procPlace).flatMap(Optional::stream))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyNumberSaysWhereInProcItIsOrThatItIsNot() {
        assertThat(attributes)
                .allSatisfy(attribute -> assertThat(attribute.saysWhereInProc())
                        .as("%s: .proc(…) or .notInProc()", attribute)
                        .isEqualTo(attribute.kind().isNumber()));
    }

    @Test
    void anEncoderTakesOnlyWhatTheKindIs() {
        ProcessEncoder encoder = new ProcessEncoder();
        for (ProcessAttribute attribute : Arrays.asList(ProcessAttribute.TTY, ProcessAttribute.ARGUMENTS)) {
            assertThatThrownBy(() -> encoder.set(attribute, "text")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> encoder.set(ProcessAttribute.NAME, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
