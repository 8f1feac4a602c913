package dev.tiercel.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.schemas.avro.ExecSession;
import dev.tiercel.schemas.avro.IndicatorFeed;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.LateMatch;
import dev.tiercel.schemas.avro.MatchBatch;
import dev.tiercel.schemas.avro.NodeContext;
import dev.tiercel.schemas.avro.RuleChange;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.schemas.avro.RuleStatus;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.schemas.avro.SourceProgress;
import dev.tiercel.schemas.avro.SyscallBatch;
import dev.tiercel.schemas.avro.UndeliveredAlert;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaDocumentationTest {

    private static List<Schema> roots() {
        return List.of(
                SyscallBatch.getClassSchema(),
                SourceEvent.getClassSchema(),
                SourceProgress.getClassSchema(),
                IndicatorFeed.getClassSchema(),
                NodeContext.getClassSchema(),
                ExecSession.getClassSchema(),
                Alert.getClassSchema(),
                MatchBatch.getClassSchema(),
                LateMatch.getClassSchema(),
                SensorReport.getClassSchema(),
                RuleFiles.getClassSchema(),
                RuleStatus.getClassSchema(),
                RuleChange.getClassSchema(),
                KubernetesObject.getClassSchema(),
                UndeliveredAlert.getClassSchema(),
                DeadLetter.getClassSchema());
    }

    @Test
    void everyRecordAndFieldIsDocumented() {
        List<String> silent = new ArrayList<>();
        for (Schema root : roots()) {
            records(root).forEach(schema -> {
                if (schema.getDoc() == null) {
                    silent.add(schema.getFullName());
                }
                schema.getFields().stream()
                        .filter(field -> field.doc() == null || field.doc().isBlank())
                        .forEach(field -> silent.add(schema.getName() + "." + field.name()));
            });
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void registeredSchemasContainNothingSpecificToJava() {
        for (Schema root : roots()) {
            String text = AvroSchemas.text(root);
            assertThat(text).doesNotContain("avro.java");
            assertThat(new Schema.Parser().parse(text).getFullName()).isEqualTo(root.getFullName());
        }
    }

    private static Stream<Schema> records(Schema schema) {
        return switch (schema.getType()) {
            case RECORD ->
                Stream.concat(Stream.of(schema), schema.getFields().stream().flatMap(field -> records(field.schema())));
            case ARRAY -> records(schema.getElementType());
            case MAP -> records(schema.getValueType());
            case UNION -> schema.getTypes().stream().flatMap(SchemaDocumentationTest::records);
            default -> Stream.empty();
        };
    }
}
