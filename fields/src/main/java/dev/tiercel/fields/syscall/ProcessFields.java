package dev.tiercel.fields.syscall;

import static dev.tiercel.schemas.ProcessAttribute.CAP_EFFECTIVE;
import static dev.tiercel.schemas.ProcessAttribute.CAP_INHERITABLE;
import static dev.tiercel.schemas.ProcessAttribute.CAP_PERMITTED;
import static dev.tiercel.schemas.ProcessAttribute.EXE_CHANGE_TIME;
import static dev.tiercel.schemas.ProcessAttribute.EXE_FLAGS;
import static dev.tiercel.schemas.ProcessAttribute.PGID;
import static dev.tiercel.schemas.ProcessAttribute.PID_NAMESPACE_START;
import static dev.tiercel.schemas.ProcessAttribute.SID;
import static dev.tiercel.schemas.ProcessAttribute.THREADS;
import static dev.tiercel.schemas.ProcessAttribute.TRUNCATED;
import static dev.tiercel.schemas.ProcessAttribute.VPGID;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Classes proc, thread, user and group: who did it.
final class ProcessFields {

    private static final int WRITABLE = 1;
    private static final int UPPER_LAYER = 2;
    private static final int MEMFD = 4;
    private static final int LOWER_LAYER = 8;
    private static final int ENVIRONMENT_LEVELS = 20;
    /// By the bits of `Process.truncated`.
    private static final List<String> TRUNCATABLE = List.of("exe", "args", "env", "exepath", "cwd", "cgroup");

    private final Extractors.Builder fields = new Extractors.Builder();

    private ProcessFields() {}

    /// The extractors of these classes, by field.
    static Map<String, Function<FieldReference, Extractor>> extractors() {
        ProcessFields all = new ProcessFields();
        all.addAll();
        return all.fields.build();
    }

    private void addAll() {
        attributes();
        relatives();
        ancestors();
        commandLine();
        leaders();
        ids();
        times();
        executable();
        rights();
        truncation();
    }

    /// The fields that show an attribute as it is.
    private void attributes() {
        for (ProcessAttribute attribute : ProcessAttribute.values()) {
            attribute.ruleField().ifPresent(field -> attribute(field, attribute));
        }
    }

    private void attribute(String field, ProcessAttribute attribute) {
        if (attribute.kind().isNumber()) {
            ownNumber(field, p -> shown(attribute, p.number(attribute)));
        } else if (attribute.kind() == ProcessAttribute.Kind.OPTIONAL_TEXT) {
            own(field, p -> account(p.text(attribute)));
        } else {
            own(field, p -> p.text(attribute));
        }
    }

    /// As Falco has it: an account that no file names is called so, and is no missing value.
    private static String account(@Nullable String name) {
        return name == null ? "<NA>" : name;
    }

    private static long shown(ProcessAttribute attribute, long value) {
        return attribute.shows(value) ? value : CurrentEvent.ABSENT;
    }

    private void relatives() {
        ofParent("proc.pexe", ProcessView::exe);
        ofParent("proc.pexepath", ProcessView::exePath);
        ofParent("proc.pname", ProcessView::name);
        ofParent("proc.pcmdline", CommandLine::of);
    }

    private void ancestors() {
        ofAncestor("proc.aexe", ProcessView::exe);
        ofAncestor("proc.aexepath", ProcessView::exePath);
        ofAncestor("proc.aname", ProcessView::name);
        ofAncestor("proc.acmdline", CommandLine::of);
        fields.add("proc.aargs", reference -> Extractor.text(level(reference.index(), CommandLine::arguments)));
        fields.add("proc.apid", reference -> new AncestorId(reference.index()));
        fields.add("proc.aenv", ProcessFields::ancestorEnvironment);
        fields.number("proc.loginshellid", ProcessFields::loginShell);
    }

    private void commandLine() {
        own("proc.cmdline", CommandLine::of);
        own("proc.exeline", p -> p.exe() + " " + CommandLine.arguments(p));
        fields.add("proc.args", reference -> {
            OptionalInt index = reference.index();
            return Extractor.text(
                    s -> index.isPresent() ? argument(s.process(), index.getAsInt()) : of(s, CommandLine::arguments));
        });
        ownNumber("proc.cmdnargs", p -> p.arguments().size());
        ownNumber(
                "proc.cmdlenargs",
                p -> p.arguments().stream().mapToInt(String::length).sum());
        fields.add("proc.env", reference -> {
            String name = reference.argument();
            return Extractor.text(s -> of(s, p -> CommandLine.environment(p, name)));
        });
    }

    private static @Nullable String argument(@Nullable ProcessView process, int index) {
        return process == null || index >= process.arguments().size()
                ? null
                : process.arguments().get(index);
    }

    private void leaders() {
        leader("proc.sname", ProcessView::sessionLeader, SID, ProcessView::name);
        leader("proc.sid.exe", ProcessView::sessionLeader, SID, ProcessView::exe);
        leader("proc.sid.exepath", ProcessView::sessionLeader, SID, ProcessView::exePath);
        leader("proc.vpgid.name", ProcessView::groupLeader, VPGID, ProcessView::name);
        leader("proc.vpgid.exe", ProcessView::groupLeader, VPGID, ProcessView::exe);
        leader("proc.vpgid.exepath", ProcessView::groupLeader, VPGID, ProcessView::exePath);
        leader("proc.pgid.name", ProcessView::groupLeader, PGID, ProcessView::name);
        leader("proc.pgid.exe", ProcessView::groupLeader, PGID, ProcessView::exe);
        leader("proc.pgid.exepath", ProcessView::groupLeader, PGID, ProcessView::exePath);
        ownFlag("proc.is_sid_leader", p -> p.number(SID) == p.vpid());
        ownFlag("proc.is_vpgid_leader", p -> p.number(VPGID) == p.vpid());
        ownFlag("proc.is_pgid_leader", p -> p.number(PGID) == p.pid());
    }

    private void ids() {
        parentNumber("proc.ppid", ProcessView::pid);
        parentNumber("proc.pvpid", ProcessView::vpid);
        fields.number("thread.tid", s -> s.cursor().tid());
        fields.text("thread.nametid", s -> of(s, p -> p.name() + s.cursor().tid()));
        fields.flag("thread.ismain", ProcessFields::isMainThread);
        ownNumber("proc.nchilds", p -> p.number(THREADS) == 0 ? CurrentEvent.ABSENT : p.number(THREADS) - 1);
        fields.number("thread.vtid", s -> isMainThread(s) == 1 ? read(s, ProcessView::vpid) : CurrentEvent.ABSENT);
        own("thread.cgroups", p -> p.cgroup().isEmpty() ? null : Cgroups.all(p.cgroup()));
        fields.add("thread.cgroup", reference -> {
            String subsystem = reference.argument();
            return Extractor.text(s -> {
                ProcessView p = s.process();
                return p == null || p.cgroup().isEmpty() || !Cgroups.known(subsystem) ? null : p.cgroup();
            });
        });
    }

    private static long isMainThread(CurrentEvent source) {
        ProcessView process = source.process();
        return process == null
                ? CurrentEvent.ABSENT
                : Extractor.bit(process.pid() == source.cursor().tid());
    }

    private void times() {
        fields.number("proc.duration", s -> since(s, s.process()));
        fields.number("proc.ppid.duration", s -> since(s, s.ancestor(1)));
        parentNumber("proc.ppid.ts", p -> known(p.startTime()));
    }

    private static long since(CurrentEvent source, @Nullable ProcessView process) {
        return process == null || process.startTime() == 0
                ? CurrentEvent.ABSENT
                : Math.max(0, source.cursor().time() - process.startTime());
    }

    private void executable() {
        ownFlag("proc.is_exe_writable", p -> (p.number(EXE_FLAGS) & WRITABLE) != 0);
        ownFlag("proc.is_exe_upper_layer", p -> (p.number(EXE_FLAGS) & UPPER_LAYER) != 0);
        ownFlag("proc.is_exe_lower_layer", p -> (p.number(EXE_FLAGS) & LOWER_LAYER) != 0);
        ownFlag("proc.is_exe_from_memfd", p -> (p.number(EXE_FLAGS) & MEMFD) != 0);
        ownNumber("proc.exe_ino.ctime_duration_proc_start", p -> span(p.number(EXE_CHANGE_TIME), p.startTime()));
        ownNumber(
                "proc.exe_ino.ctime_duration_pidns_start",
                p -> span(p.number(PID_NAMESPACE_START), p.number(EXE_CHANGE_TIME)));
    }

    private void truncation() {
        fields.add("proc.truncated", Extractor.list(ProcessFields::truncated, s -> {
            List<String> names = truncated(s, new ArrayList<>());
            return names == null ? null : String.join(" ", names);
        }));
    }

    private static @Nullable List<String> truncated(CurrentEvent source, List<String> room) {
        long bits = read(source, p -> p.number(TRUNCATED));
        if (bits == CurrentEvent.ABSENT || bits == 0) {
            return null;
        }
        for (int bit = 0; bit < TRUNCATABLE.size(); bit++) {
            if ((bits >>> bit & 1) != 0) {
                room.add(TRUNCATABLE.get(bit));
            }
        }
        return room;
    }

    private static long known(long value) {
        return value == 0 ? CurrentEvent.ABSENT : value;
    }

    private static long span(long from, long to) {
        return from == 0 || to <= from ? CurrentEvent.ABSENT : to - from;
    }

    private void rights() {
        own("thread.cap_permitted", p -> capabilities(p.number(CAP_PERMITTED)));
        own("thread.cap_effective", p -> capabilities(p.number(CAP_EFFECTIVE)));
        own("thread.cap_inheritable", p -> capabilities(p.number(CAP_INHERITABLE)));
    }

    private static String capabilities(long set) {
        StringBuilder out = new StringBuilder();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            String name = ((set >>> bit) & 1) == 0 ? "" : EventValues.CAPABILITY.names(bit);
            if (!name.isEmpty()) {
                out.append(out.isEmpty() ? "" : " ").append(name);
            }
        }
        return out.toString();
    }

    private static @Nullable String of(CurrentEvent source, Function<ProcessView, @Nullable String> read) {
        ProcessView process = source.process();
        return process == null ? null : read.apply(process);
    }

    private static long read(CurrentEvent source, ToLongFunction<ProcessView> read) {
        ProcessView process = source.process();
        return process == null ? CurrentEvent.ABSENT : read.applyAsLong(process);
    }

    private void own(String field, Function<ProcessView, @Nullable String> read) {
        fields.text(field, s -> of(s, read));
    }

    private void ownNumber(String field, ToLongFunction<ProcessView> read) {
        fields.number(field, s -> read(s, read));
    }

    private void ownFlag(String field, Predicate<ProcessView> test) {
        ToLongFunction<ProcessView> bit = process -> Extractor.bit(test.test(process)); // one object for all events
        fields.flag(field, s -> read(s, bit));
    }

    private void ofParent(String field, Function<ProcessView, String> read) {
        fields.text(field, level(OptionalInt.of(1), read));
    }

    private void parentNumber(String field, ToLongFunction<ProcessView> read) {
        fields.number(field, s -> {
            ProcessView parent = s.ancestor(1);
            return parent == null ? CurrentEvent.ABSENT : read.applyAsLong(parent);
        });
    }

    private static Extractor.TextReader level(OptionalInt index, Function<ProcessView, String> read) {
        int level = index.orElse(0);
        return s -> {
            ProcessView process = s.ancestor(level);
            return process == null ? null : read.apply(process);
        };
    }

    private void ofAncestor(String field, Function<ProcessView, String> read) {
        fields.add(field, reference -> {
            OptionalInt index = reference.index();
            return index.isPresent()
                    ? Extractor.text(level(index, read))
                    : Extractor.list((s, room) -> ancestorsIfKnown(s, read, room), level(index, read));
        });
    }

    private static @Nullable List<String> ancestorsIfKnown(
            CurrentEvent source, Function<ProcessView, String> read, List<String> room) {
        return source.process() == null ? null : source.ancestors(read, room);
    }

    private static Extractor ancestorEnvironment(FieldReference reference) {
        OptionalInt index = reference.index();
        if (index.isPresent()) {
            return Extractor.text(level(index, p -> CommandLine.environment(p, "")));
        }
        if (reference.argument().isEmpty()) {
            return Extractor.list(
                    (s, room) -> ancestorsIfKnown(s, p -> CommandLine.environment(p, ""), room),
                    level(index, p -> CommandLine.environment(p, "")));
        }
        String name = reference.argument();
        return Extractor.text(s -> of(s, _ -> nearestVariable(s, name)));
    }

    private static String nearestVariable(CurrentEvent source, String name) {
        for (String value : source.ancestors(p -> CommandLine.environment(p, name), new ArrayList<>()).stream()
                .limit(ENVIRONMENT_LEVELS)
                .toList()) {
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private void leader(
            String field,
            Function<ProcessView, Integer> index,
            ProcessAttribute id,
            Function<ProcessView, String> read) {
        fields.text(field, s -> {
            ProcessView process = s.process();
            if (process == null) {
                return null;
            }
            int leader = index.apply(process);
            if (leader >= 0) {
                return read.apply(s.cursor().process(leader));
            }
            ProcessView oldest = s.oldestWithSame(id);
            return oldest == null ? null : read.apply(oldest);
        });
    }

    /// The oldest shell among the process and its ancestors: what a login started.
    private static long loginShell(CurrentEvent source) {
        long found = CurrentEvent.ABSENT;
        ProcessView view = source.process();
        for (int left = source.cursor().processCount(); view != null && left > 0; left--) {
            if (view.name().endsWith("sh")) {
                found = view.pid();
            }
            view = source.parent(view);
        }
        return found;
    }

    private static final class AncestorId extends Extractor {
        private final OptionalInt index;

        AncestorId(OptionalInt index) {
            this.index = index;
        }

        @Override
        long number(CurrentEvent source) {
            ProcessView process = source.ancestor(index.orElse(0));
            return process == null ? CurrentEvent.ABSENT : process.pid();
        }

        @Override
        @Nullable
        String text(CurrentEvent source) {
            long pid = number(source);
            return pid == CurrentEvent.ABSENT ? null : NumberTexts.decimal(pid);
        }

        @Override
        @Nullable
        List<String> texts(CurrentEvent source, List<String> room) {
            return index.isPresent() ? null : ancestorsIfKnown(source, p -> NumberTexts.decimal(p.pid()), room);
        }

        @Override
        boolean keeps() {
            return true;
        }
    }
}
