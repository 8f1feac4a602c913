package dev.tiercel.benchmarks.live;

import dev.tiercel.service.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A process that opens and closes files at a steady rate, and a few times a second a marker file that a rule matches.
///
/// Argument: a folder that exists. Each line on stdin has the rates from then on, opens (or `max`) and markers per
/// second; the answer is a line `OPENS MARKERS`, the totals so far. It ends with stdin, so never outlives the
/// benchmark. It is a separate process, as the probe ignores the collector's own, and calls the kernel directly: an
/// open and close cost no more than in C.
final class OpenLoad {
    private static final int READ_ONLY_CLOSED_ON_EXEC = 0x80000;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final MethodHandle OPEN = call(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final Path folder;
    private final List<MemorySegment> ordinary;
    private final PrintStream answers;
    private Pace pace = new Pace(0, System.nanoTime());
    private Pace markerPace = pace;
    private long opens;
    private long markers;

    private OpenLoad(Path folder, PrintStream answers) throws IOException {
        this.folder = folder;
        this.answers = answers;
        Path own = folder.resolve("ordinary");
        if (!Files.exists(own)) Files.createFile(own);
        this.ordinary = List.of(name("/dev/null"), name("/etc/hostname"), name(own.toString()));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), shape, options);
    }

    private static MemorySegment name(String file) {
        return Arena.global().allocateFrom(file);
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Throwable {
        OpenLoad load = new OpenLoad(Path.of(arguments[0]), System.out);
        Queue<String> commands = new ConcurrentLinkedQueue<>();
        try (Worker reader = new Worker("commands", Duration.ofMillis(100))) {
            Thread loop = Thread.currentThread();
            reader.start(() -> read(commands, loop, reader));
            load.run(commands, reader);
        }
    }

    private static void read(Queue<String> commands, Thread loop, Worker self) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            commands.add(line);
            LockSupport.unpark(loop);
        }
        self.close();
        LockSupport.unpark(loop);
    }

    private void run(Queue<String> commands, Worker reader) throws Throwable {
        while (!reader.closing()) {
            String command = commands.poll();
            if (command != null) change(command);
            long now = System.nanoTime();
            open(pace.due(now));
            if (markerPace.due(now) > 0) mark();
            long wait = Math.min(pace.nanosLeft(now), markerPace.nanosLeft(now));
            if (wait > 0) LockSupport.parkNanos(Math.max(wait, TICK_NANOS));
        }
    }

    private void change(String command) {
        String[] rates = command.split(" ", 2);
        pace = pace(rates[0]);
        markerPace = pace(rates[1]);
        answers.println(opens + " " + markers);
        answers.flush();
    }

    private static Pace pace(String rate) {
        return new Pace(rate.equals("max") ? Pace.FASTEST : Long.parseLong(rate), System.nanoTime());
    }

    private void open(int number) throws Throwable {
        for (int i = 0; i < number; i++) {
            MemorySegment file = ordinary.get((int) (opens++ % ordinary.size()));
            int descriptor = (int) OPEN.invokeExact(file, READ_ONLY_CLOSED_ON_EXEC);
            if (descriptor < 0) throw new IOException("cannot open " + file.getString(0));
            int _ = (int) CLOSE.invokeExact(descriptor);
        }
    }

    /// The file does not exist: the failed call is an event, too.
    private void mark() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocateFrom(
                    folder.resolve(MarkerRule.FILE + markers++).toString());
            int _ = (int) OPEN.invokeExact(file, READ_ONLY_CLOSED_ON_EXEC);
        }
    }
}
