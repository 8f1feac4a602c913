package dev.tiercel.fields.syscall;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.fields.Scope;
import dev.tiercel.fields.kubernetes.ExecMatch;
import dev.tiercel.fields.kubernetes.ExecRoot;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.ContainerView;
import dev.tiercel.schemas.avro.NodeContext;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of a batch as rules see them, one after the other.
///
/// Use: [#batch] after wrapping the cursor, then [#event] after each `next()`. How each slot is read is decided at
/// construction. Texts that have to be made are made once: those of a process as long as its token stays the same,
/// others once for each event. Any accessor may throw [dev.tiercel.schemas.BadRecordException]. Not thread-safe.
public final class SyscallRow implements Row {

    private static final int PROCESSES = 512;
    private static final long UNKNOWN = -1;

    private final FieldSlots slots;
    private final Extractor[] extractors;
    private final CurrentEvent source;
    private final KubernetesIndex kubernetes;

    /// Whether a slot reads [#kubernetes].
    private final boolean readsKubernetes;

    private long kubernetesVersion;

    /// Whether a slot reads pods and, as of the batch's beginning, some are known.
    private boolean watched;

    /// By the low bits of the process's token: the token, and whether the process is in a pod that is not known. That
    /// is decided before a value of the process is kept, so a kept value never lacks a pod that counts as known.
    private final long[] podTokens;

    private final boolean[] inUnknownPod;

    /// Index among the slots of process scope, or of event scope, that keep their values; -1: this slot keeps none.
    private final int[] kept;

    private final boolean[] ofProcess;
    private final KeptValues eventValues;
    private final int processSlots;

    /// By the low bits of the process's token.
    private final @Nullable KeptValues[] processValues = new KeptValues[PROCESSES];

    private BatchCursor cursor = new BatchCursor();
    private long eventNumber;

    /// Makes the tokens of a cursor differ from those of the cursors before it.
    private long firstToken;

    private long highestToken;

    /// A row for these slots, with times of day in the system's time zone. No Kubernetes cluster is known.
    public SyscallRow(FieldSlots slots) {
        this(slots, new KubernetesIndex());
    }

    /// A row for these slots, with times of day in the system's time zone.
    public SyscallRow(FieldSlots slots, KubernetesIndex kubernetes) {
        this(slots, ZoneId.systemDefault(), kubernetes);
    }

    /// A row for these slots, with times of day in `zone`.
    SyscallRow(FieldSlots slots, ZoneId zone) {
        this(slots, zone, new KubernetesIndex());
    }

    private SyscallRow(FieldSlots slots, ZoneId zone, KubernetesIndex kubernetes) {
        this.slots = slots;
        extractors = new Extractor[slots.size()];
        kept = new int[slots.size()];
        ofProcess = new boolean[slots.size()];
        source = new CurrentEvent(zone, kubernetes);
        this.kubernetes = kubernetes;
        boolean reads = false;
        int eventSlots = 0;
        int countOfProcess = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            FieldReference reference = slots.reference(slot);
            extractors[slot] = Extractors.of(reference);
            reads |= KubernetesFields.has(reference);
            ofProcess[slot] = reference.field().scope() == Scope.PROCESS;
            kept[slot] = !extractors[slot].keeps() ? -1 : ofProcess[slot] ? countOfProcess++ : eventSlots++;
        }
        readsKubernetes = reads;
        podTokens = new long[reads ? PROCESSES : 0];
        inUnknownPod = new boolean[podTokens.length];
        processSlots = countOfProcess;
        eventValues = new KeptValues(eventSlots);
    }

    /// Starts on the batch that the cursor has been wrapped around. The cursor must stay on it while the row is used.
    public void batch(BatchCursor batch) {
        if (cursor != batch || kubernetesChanged()) {
            cursor = batch;
            firstToken = highestToken;
        }
        watched = readsKubernetes && !kubernetes.isEmpty();
        source.batch(batch);
    }

    /// Whether values of a process may be others than in the batch before.
    private boolean kubernetesChanged() {
        if (!readsKubernetes) return false;
        long before = kubernetesVersion;
        kubernetesVersion = kubernetes.version();
        return kubernetesVersion != before;
    }

    /// Where in a cloud the node of the batches to come is; null: unknown, as at first.
    public void node(@Nullable NodeContext context) {
        source.node(context);
    }

    /// Moves to the event that the cursor has moved to.
    public void event() {
        eventNumber++;
        source.event();
    }

    /// Who entered the pod and started what the event's process is below; null: nobody, as far as is known.
    public @Nullable ExecMatch exec() {
        return source.exec();
    }

    /// The process that entered the pod and is above the event's process, or is it, if the request for it may still
    /// come; null: there is none, or it is known who it is.
    public @Nullable ExecRoot awaitedExec() {
        return ExecOrigin.awaited(source);
    }

    /// Whether the event's process is in a pod that a watched cluster has not told of yet, and a slot would have a
    /// value from there. To be asked before any value of the event.
    public boolean awaitsPod() {
        if (!watched) return false;
        long token = processToken();
        if (token == UNKNOWN) return false;
        int at = (int) token & (PROCESSES - 1);
        if (podTokens[at] != token) {
            podTokens[at] = token;
            inUnknownPod[at] = source.isInUnknownPod();
        }
        return inUnknownPod[at];
    }

    /// Whether the slot's field is one of pods.
    public boolean readsPod(int slot) {
        return KubernetesFields.has(slots.reference(slot));
    }

    /// Whether the slot's value for the event is told by the cluster of its pod, and by nothing else.
    public boolean isFromCluster(int slot) {
        return readsPod(slot)
                && KubernetesFields.isFromCluster(slots.reference(slot).field().name(), source);
    }

    /// Id of the event's pod; empty: it is in none, as far as is known.
    public String podUid() {
        String uid = source.podUid();
        return uid == null ? "" : uid;
    }

    /// Whole id of the event's container; empty: it is in none, or in an unknown one.
    public String containerId() {
        ContainerView container = source.container();
        return container == null ? "" : container.fullId();
    }

    @Override
    public int eventType() {
        return cursor.type();
    }

    @Override
    public long processToken() {
        int process = cursor.process();
        if (process < 0 || process >= cursor.processCount()) {
            return UNKNOWN;
        }
        long token = firstToken + cursor.processToken(process);
        highestToken = Math.max(highestToken, token);
        return token;
    }

    @Override
    public long eventToken() {
        return eventNumber;
    }

    @Override
    public boolean present(int slot) {
        return kept[slot] < 0 ? extractors[slot].present(source) : text(slot) != null;
    }

    @Override
    public long number(int slot) {
        return extractors[slot].number(source);
    }

    @Override
    public @Nullable String text(int slot) {
        int index = kept[slot];
        KeptValues values = index < 0 ? null : values(slot);
        return values == null ? extractors[slot].text(source) : values.text(index, extractors[slot], source);
    }

    @Override
    public byte @Nullable [] bytes(int slot) {
        return extractors[slot].bytes(source);
    }

    @Override
    public @Nullable List<String> texts(int slot) {
        int index = kept[slot];
        KeptValues values = index < 0 ? null : values(slot);
        return values == null
                ? extractors[slot].texts(source, new ArrayList<>())
                : values.texts(index, extractors[slot], source);
    }

    private @Nullable KeptValues values(int slot) {
        if (!ofProcess[slot]) {
            eventValues.startOf(eventNumber);
            return eventValues;
        }
        long token = processToken();
        return token == UNKNOWN ? null : valuesOf(token);
    }

    private KeptValues valuesOf(long token) {
        int at = (int) token & (PROCESSES - 1);
        KeptValues values = processValues[at];
        if (values == null) {
            values = new KeptValues(processSlots);
            processValues[at] = values;
        }
        values.startOf(token);
        return values;
    }
}
