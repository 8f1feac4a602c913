package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Parses the YAML documents of one file, within [Limits].
final class YamlParser {

    private final SourceFile file;
    /// Offset in the file of each code point; empty if each is one character.
    private final int[] codePointOffsets;

    private final Iterator<Event> events;
    private final Map<Anchor, Yaml> anchors = new HashMap<>();
    private SourcePosition last;
    private int nodes;
    private int aliases;
    private long aliasCharacters;

    private YamlParser(SourceFile file) {
        this.file = file;
        this.last = new SourcePosition(file, 0);
        this.codePointOffsets = codePointOffsets(file.content());
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.name())
                .setUseMarks(true)
                .setCodePointLimit(Limits.FILE_CHARACTERS)
                .build();
        this.events = new Parse(settings).parseString(file.content()).iterator();
    }

    /// The documents of `file`, none of them empty.
    ///
    /// @throws ProblemException if it is not YAML or exceeds a limit
    static List<Yaml> parse(SourceFile file) throws ProblemException {
        SourcePosition start = new SourcePosition(file, 0);
        if (file.content().length() > Limits.FILE_CHARACTERS) {
            throw new ProblemException(
                    Code.LOAD_ERR_YAML_PARSE, "File is longer than " + Limits.FILE_CHARACTERS + " characters", start);
        }
        YamlParser parser = new YamlParser(file);
        try {
            return parser.documents();
        } catch (MarkedYamlEngineException e) {
            SourcePosition position = e.getProblemMark().map(parser::position).orElse(start);
            throw new ProblemException(Code.LOAD_ERR_YAML_PARSE, problem(e), position);
        } catch (YamlEngineException e) {
            throw new ProblemException(Code.LOAD_ERR_YAML_PARSE, String.valueOf(e.getMessage()), start);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // snakeyaml-engine 3.2 throws these for truncated or invalid escapes.
            throw new ProblemException(Code.LOAD_ERR_YAML_PARSE, "invalid text or escape after this", parser.last);
        }
    }

    private static String problem(MarkedYamlEngineException e) {
        String context = e.getContext();
        return context == null || context.isBlank() ? e.getProblem() : context + ": " + e.getProblem();
    }

    private List<Yaml> documents() throws ProblemException {
        List<Yaml> documents = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> anchors.clear();
                case Scalar, SequenceStart, MappingStart, Alias -> {
                    Yaml document = node(event, 0);
                    if (!(document instanceof Yaml.Scalar scalar && scalar.isNull())) {
                        documents.add(document);
                    }
                }
                default -> {}
            }
        }
        return documents;
    }

    private Yaml node(Event event, int depth) throws ProblemException {
        SourcePosition position = position(event);
        last = position;
        if (depth > Limits.YAML_DEPTH) {
            throw new ProblemException(
                    Code.LOAD_ERR_YAML_PARSE, "Nested more than " + Limits.YAML_DEPTH + " levels deep", position);
        }
        if (++nodes > Limits.YAML_NODES) {
            throw new ProblemException(Code.LOAD_ERR_YAML_PARSE, "More than " + Limits.YAML_NODES + " nodes", position);
        }
        return switch (event) {
            case ScalarEvent scalar -> remember(scalar.getAnchor(), scalar(scalar, position));
            case SequenceStartEvent start -> remember(start.getAnchor(), sequence(position, depth));
            case MappingStartEvent start -> remember(start.getAnchor(), mapping(position, depth));
            case AliasEvent alias -> alias(alias, position);
            default ->
                throw new ProblemException(Code.LOAD_ERR_YAML_PARSE, "Unexpected " + event.getEventId(), position);
        };
    }

    private Yaml scalar(ScalarEvent event, SourcePosition position) {
        int end = event.getEndMark().map(mark -> offset(mark.getIndex())).orElse(position.offset());
        return new Yaml.Scalar(event.getValue(), event.isPlain(), position, end);
    }

    private Yaml sequence(SourcePosition position, int depth) throws ProblemException {
        List<Yaml> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new Yaml.Sequence(items, position);
    }

    private Yaml mapping(SourcePosition position, int depth) throws ProblemException {
        List<Yaml.Entry> entries = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            if (!(node(next, depth + 1) instanceof Yaml.Scalar key)) {
                throw new ProblemException(Code.LOAD_ERR_YAML_VALIDATE, "Key is not a scalar value", position(next));
            }
            entries.add(new Yaml.Entry(key, node(events.next(), depth + 1)));
        }
        return new Yaml.Mapping(entries, position);
    }

    private Yaml alias(AliasEvent event, SourcePosition position) throws ProblemException {
        if (++aliases > Limits.YAML_ALIASES) {
            throw new ProblemException(
                    Code.LOAD_ERR_YAML_PARSE, "More than " + Limits.YAML_ALIASES + " aliases", position);
        }
        Yaml target = anchors.get(event.getAlias());
        if (target == null) {
            throw new ProblemException(
                    Code.LOAD_ERR_YAML_PARSE, "Undefined alias '" + event.getAlias() + "'", position);
        }
        nodes += size(target);
        if (nodes > Limits.YAML_NODES) {
            throw new ProblemException(Code.LOAD_ERR_YAML_PARSE, "More than " + Limits.YAML_NODES + " nodes", position);
        }
        aliasCharacters += characters(target);
        if (aliasCharacters > Limits.ALIAS_CHARACTERS) {
            throw new ProblemException(
                    Code.LOAD_ERR_YAML_PARSE,
                    "Aliases stand for more than " + Limits.ALIAS_CHARACTERS + " characters",
                    position);
        }
        return target;
    }

    /// Number of nodes of `yaml` with aliases expanded, capped just above the limit.
    private static int size(Yaml yaml) {
        int size = 1;
        List<Yaml> children = switch (yaml) {
            case Yaml.Scalar scalar -> List.of();
            case Yaml.Sequence sequence -> sequence.items();
            case Yaml.Mapping mapping ->
                mapping.entries().stream().map(Yaml.Entry::value).toList();
        };
        for (Yaml child : children) {
            size += size(child);
            if (size > Limits.YAML_NODES) {
                return Limits.YAML_NODES + 1;
            }
        }
        return size;
    }

    /// Total length of the scalars of `yaml` with aliases expanded.
    private static long characters(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> scalar.value().length();
            case Yaml.Sequence sequence ->
                sequence.items().stream().mapToLong(YamlParser::characters).sum();
            case Yaml.Mapping mapping ->
                mapping.entries().stream()
                        .mapToLong(entry -> entry.key().value().length() + characters(entry.value()))
                        .sum();
        };
    }

    private Yaml remember(Optional<Anchor> anchor, Yaml node) {
        anchor.ifPresent(name -> anchors.put(name, node));
        return node;
    }

    private SourcePosition position(Event event) {
        return event.getStartMark().map(this::position).orElseGet(() -> new SourcePosition(file, 0));
    }

    private SourcePosition position(Mark mark) {
        return new SourcePosition(file, offset(mark.getIndex()));
    }

    private int offset(int codePoint) {
        int length = file.content().length();
        if (codePointOffsets.length == 0) {
            return Math.min(codePoint, length);
        }
        return codePoint < codePointOffsets.length ? codePointOffsets[codePoint] : length;
    }

    private static int[] codePointOffsets(String content) {
        int count = content.codePointCount(0, content.length());
        if (count == content.length()) {
            return new int[0];
        }
        int[] offsets = new int[count];
        for (int i = 0, at = 0; i < count; i++) {
            offsets[i] = at;
            at += Character.charCount(content.codePointAt(at));
        }
        return offsets;
    }
}
