package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.testkit.Checkout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The events of `testkit/fixtures/documents`, and rows over them.
final class Documents {

    private Documents() {}

    /// The files of a source, by name.
    static List<Path> of(String source) throws IOException {
        try (Stream<Path> files = Files.list(folder(source))) {
            return files.sorted().toList();
        }
    }

    static Path file(String source, String name) {
        return folder(source).resolve(name + ".json");
    }

    private static Path folder(String source) {
        return Checkout.root().resolve("testkit/fixtures/documents").resolve(source);
    }

    /// `create-user` of `…/create-user.json`.
    static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    /// A row over events of a source.
    ///
    /// @param fields as rules name them: `okta.targets.displayName[1]`
    static DocumentRow row(String source, String... fields) {
        return new DocumentRow(source, slots(fields), ZoneOffset.UTC);
    }

    static FieldSlots slots(String... fields) {
        return FieldSlots.of(Arrays.stream(fields).map(Documents::reference).toList());
    }

    private static FieldReference reference(String field) {
        int bracket = field.indexOf('[');
        String name = bracket < 0 ? field : field.substring(0, bracket);
        String argument = bracket < 0 ? "" : field.substring(bracket + 1, field.length() - 1);
        return new FieldReference(FieldCatalog.complete().find(name).orElseThrow(), argument);
    }

    /// Moves a row to a document, as it is in a file; one of GitHub with the type that the file's name says, as
    /// GitHub says it beside the body.
    static void show(DocumentRow row, String source, Path file) throws IOException {
        String verb = source.equals("github") && !name(file).contains("stored") ? name(file) : "";
        row.event(event(source, verb, Files.readString(file)));
    }

    /// An event whose header says no more than this.
    static SourceEvent event(String source, String verb, String json) {
        byte[] document = json.getBytes(StandardCharsets.UTF_8);
        return new SourceEvent("", 0L, source, "", "", verb, ByteBuffer.wrap(document), 0L);
    }
}
