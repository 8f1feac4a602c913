package dev.tiercel.fields.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldArgument;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every field of every event in `testkit/fixtures/documents`, as goldens.
final class SourceFieldsTest {

    private static List<FieldDefinition> fields(String source) {
        return Objects.requireNonNull(FieldCatalog.bySource().get(source)).classes().stream()
                .filter(group -> group.source().equals(source))
                .flatMap(group -> group.fields().stream())
                .toList();
    }

    private static Stream<String> uses(FieldDefinition field) {
        return switch (field.argument()) {
            case FieldArgument.REQUIRED_INDEX -> Stream.of(field.name() + "[300]");
            case FieldArgument.OPTIONAL_INDEX -> Stream.of(field.name(), field.name() + "[1]");
            default -> Stream.of(field.name());
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws_cloudtrail", "okta", "github", "gcp_auditlog"})
    void haveTheValuesOfTheGolden(String source) throws IOException {
        FieldSlots slots = Documents.slots(
                Stream.concat(fields(source).stream().flatMap(SourceFieldsTest::uses), Stream.of("evt.plugininfo"))
                        .toArray(String[]::new));
        DocumentRow row = new DocumentRow(source, slots, ZoneOffset.UTC);
        StringBuilder golden = new StringBuilder();
        for (Path file : Documents.of(source)) {
            Documents.show(row, source, file);
            golden.append("== ").append(Documents.name(file)).append('\n');
            for (int slot = 0; slot < slots.references().size(); slot++) {
                dump(row, slots, slot, golden);
            }
        }
        Golden.check("documents/" + source + ".txt", golden.toString());
    }

    private static void dump(DocumentRow row, FieldSlots slots, int slot, StringBuilder golden) {
        if (row.present(slot)) {
            FieldDefinition field = slots.references().get(slot).field();
            golden.append(slots.references().get(slot).text()).append('=');
            golden.append(field.list() ? row.texts(slot) : row.text(slot)).append('\n');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws_cloudtrail", "okta", "github", "gcp_auditlog"})
    void areAllSuppliedAndOccurInAnEvent(String source) throws IOException {
        List<FieldDefinition> fields = fields(source);
        Set<String> seen = new HashSet<>();
        FieldSlots slots =
                Documents.slots(fields.stream().flatMap(SourceFieldsTest::uses).toArray(String[]::new));
        DocumentRow row = new DocumentRow(source, slots, ZoneOffset.UTC);
        for (Path file : Documents.of(source)) {
            Documents.show(row, source, file);
            for (int slot = 0; slot < slots.references().size(); slot++) {
                if (row.present(slot)) {
                    seen.add(slots.references().get(slot).field().name());
                }
            }
        }

        assertThat(fields).hasSizeGreaterThan(20).allMatch(FieldDefinition::supplied);
        assertThat(fields)
                .extracting(FieldDefinition::name)
                .filteredOn(name -> !name.equals("okta.org"))
                .allMatch(seen::contains);
    }
}
