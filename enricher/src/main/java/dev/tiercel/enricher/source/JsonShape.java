package dev.tiercel.enricher.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a format reads of the JSON objects of a body: a few texts, and lists of objects that have the same shape,
/// inside each other up to four. One pass, which builds no tree; objects keep their bytes. Immutable.
public final class JsonShape {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final int MOST_LISTS = 4;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /// A member that is read.
    private static final class Node {
        final Map<String, Node> members = new HashMap<>();
        int text = -1;
        boolean list;
    }

    private final Node root = new Node();
    private final int texts;

    /// @param pointers of texts: `/user/username`; they are numbered from 0
    /// @param lists    members whose elements are objects of this shape: `items`
    public JsonShape(List<String> pointers, List<String> lists) {
        texts = pointers.size();
        for (int i = 0; i < texts; i++) {
            node(pointers.get(i)).text = i;
        }
        lists.forEach(list -> root.members.computeIfAbsent(list, name -> new Node()).list = true);
    }

    private Node node(String pointer) {
        if (!pointer.startsWith("/")) throw new IllegalArgumentException("'" + pointer + "' does not begin with /");
        Node node = root;
        for (String part : pointer.substring(1).split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            node = node.members.computeIfAbsent(name, absent -> new Node());
        }
        return node;
    }

    /// The objects of a body: one, several with or without line breaks between, or arrays of them. What is no object
    /// is a piece with a problem, and so is the rest after an error.
    public List<JsonPiece> read(byte[] sent) {
        byte[] body = withoutMark(sent);
        List<JsonPiece> pieces = new ArrayList<>();
        int end = 0;
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                end = value(parser, body, pieces);
            }
        } catch (JsonProcessingException error) {
            pieces.add(new JsonPiece(body, end, 0, texts).wrong(reason(error), body.length));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it reads from memory
        }
        return pieces;
    }

    /// As [#read(byte[])], of a body that is not for nothing.
    ///
    /// @param reason why a piece cannot be used; null: it may be
    /// @throws MalformedException if the only piece cannot be used
    public List<JsonPiece> read(byte[] sent, Function<JsonPiece, @Nullable String> reason) throws MalformedException {
        List<JsonPiece> pieces = read(sent);
        String wrong = pieces.size() == 1 ? reason.apply(pieces.getFirst()) : null;
        if (wrong != null) throw new MalformedException(wrong);
        return pieces;
    }

    private static byte[] withoutMark(byte[] sent) {
        return sent.length >= 3 && Arrays.equals(sent, 0, 3, BYTE_ORDER_MARK, 0, 3)
                ? Arrays.copyOfRange(sent, 3, sent.length)
                : sent;
    }

    private static String reason(JsonProcessingException error) {
        String message = error.getOriginalMessage().lines().findFirst().orElse("");
        JsonLocation location = error.getLocation();
        return location == null
                ? "not JSON: " + message
                : "not JSON from byte %d on: %s".formatted(location.getByteOffset(), message);
    }

    /// Reads the value at the current token, objects of an array one by one.
    ///
    /// @return where it ends
    private int value(JsonParser parser, byte[] body, List<JsonPiece> into) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            elements(parser, body, into, 1);
        } else {
            into.add(piece(parser, body, 0));
        }
        return offset(parser.currentLocation().getByteOffset());
    }

    private void elements(JsonParser parser, byte[] body, List<JsonPiece> into, int depth) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            into.add(piece(parser, body, depth));
        }
    }

    private JsonPiece piece(JsonParser parser, byte[] body, int depth) throws IOException {
        int begin = offset(parser.currentTokenLocation().getByteOffset());
        JsonPiece piece = new JsonPiece(body, begin, depth, texts);
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        if (object) {
            members(parser, body, root, piece);
        } else {
            parser.skipChildren();
            parser.finishToken();
        }
        int end = offset(parser.currentLocation().getByteOffset());
        return object ? piece.ends(end) : piece.wrong("no JSON object", end);
    }

    private static int offset(long byteOffset) throws JsonProcessingException {
        if (byteOffset < 0) throw new JsonParseException(null, "not UTF-8");
        return (int) byteOffset;
    }

    private void members(JsonParser parser, byte[] body, Node node, JsonPiece piece) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Node member = node.members.get(parser.currentName());
            parser.nextToken();
            if (member == null) {
                parser.skipChildren();
            } else {
                member(parser, body, member, piece);
            }
        }
    }

    private void member(JsonParser parser, byte[] body, Node member, JsonPiece piece) throws IOException {
        if (member.list && piece.depth() < MOST_LISTS && parser.currentToken() == JsonToken.START_ARRAY) {
            elements(parser, body, piece.list(), piece.depth() + 1);
            return;
        }
        int begin = offset(parser.currentTokenLocation().getByteOffset());
        String scalar = parser.currentToken().isScalarValue() ? scalar(parser) : null;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            members(parser, body, member, piece);
        } else {
            parser.skipChildren();
        }
        if (member.text < 0) return;
        boolean written = parser.currentToken().isStructEnd();
        piece.text(member.text, written ? slice(parser, body, begin) : scalar);
    }

    private static @Nullable String scalar(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
    }

    private static String slice(JsonParser parser, byte[] body, int begin) throws IOException {
        int end = offset(parser.currentLocation().getByteOffset());
        return new String(body, begin, end - begin, StandardCharsets.UTF_8);
    }
}
