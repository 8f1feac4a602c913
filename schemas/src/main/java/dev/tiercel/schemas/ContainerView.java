package dev.tiercel.schemas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container of the batch that a [BatchCursor] is on; accessors are named like the fields of Container.
///
/// Read entirely at first access; unaffected when the cursor moves on.
public final class ContainerView {

    private final int index;
    private final String id;
    private final String fullId;
    private final String runtime;
    private final @Nullable String name;
    private final @Nullable String image;
    private final @Nullable String imageRepository;
    private final @Nullable String imageTag;
    private final @Nullable String imageDigest;
    private final @Nullable String imageId;
    private final @Nullable Boolean privileged;
    private final long startTime;
    private final @Nullable String ip;
    private final List<ContainerMount> mounts;
    private final Map<String, String> labels;

    ContainerView(AvroInput in, int index) {
        this.index = index;
        id = in.readString();
        fullId = in.readString();
        runtime = in.readString();
        name = in.readOptionalString();
        image = in.readOptionalString();
        imageRepository = in.readOptionalString();
        imageTag = in.readOptionalString();
        imageDigest = in.readOptionalString();
        imageId = in.readOptionalString();
        privileged = in.readOptionalBoolean();
        startTime = in.readLong();
        ip = in.readOptionalString();
        mounts = readMounts(in);
        labels = readLabels(in);
    }

    private static List<ContainerMount> readMounts(AvroInput in) {
        List<ContainerMount> mounts = new ArrayList<>();
        for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (long i = 0; i < count; i++) {
                mounts.add(new ContainerMount(
                        in.readString(), in.readString(), in.readString(), in.readBoolean(), in.readString()));
            }
        }
        return List.copyOf(mounts);
    }

    private static Map<String, String> readLabels(AvroInput in) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (long i = 0; i < count; i++) {
                labels.put(in.readString(), in.readString());
            }
        }
        return Map.copyOf(labels);
    }

    /// Skips a container that is not accessed.
    static void skip(AvroInput in) {
        in.skipString();
        in.skipString();
        in.skipString();
        in.skipOptionalString();
        in.skipOptionalString();
        in.skipOptionalString();
        in.skipOptionalString();
        in.skipOptionalString();
        in.skipOptionalString();
        in.readOptionalBoolean();
        in.readLong();
        in.skipOptionalString();
        skipMounts(in);
        skipLabels(in);
    }

    private static void skipMounts(AvroInput in) {
        for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (long i = 0; i < count; i++) {
                in.skipString();
                in.skipString();
                in.skipString();
                in.readBoolean();
                in.skipString();
            }
        }
    }

    private static void skipLabels(AvroInput in) {
        for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (long i = 0; i < count; i++) {
                in.skipString();
                in.skipString();
            }
        }
    }

    /// Its index in the batch.
    public int index() {
        return index;
    }

    /// 12 characters.
    public String id() {
        return id;
    }

    /// The engine's id.
    public String fullId() {
        return fullId;
    }

    /// docker, containerd, cri-o, podman, lxc or unknown.
    public String runtime() {
        return runtime;
    }

    /// null: unknown.
    public @Nullable String name() {
        return name;
    }

    /// Image as named at start; null: unknown.
    public @Nullable String image() {
        return image;
    }

    /// null: unknown.
    public @Nullable String imageRepository() {
        return imageRepository;
    }

    /// null: unknown.
    public @Nullable String imageTag() {
        return imageTag;
    }

    /// null: unknown.
    public @Nullable String imageDigest() {
        return imageDigest;
    }

    /// null: unknown.
    public @Nullable String imageId() {
        return imageId;
    }

    /// null: unknown.
    public @Nullable Boolean privileged() {
        return privileged;
    }

    /// Nanoseconds since the epoch; 0: unknown.
    public long startTime() {
        return startTime;
    }

    /// null: unknown.
    public @Nullable String ip() {
        return ip;
    }

    /// In the engine's order.
    public List<ContainerMount> mounts() {
        return mounts;
    }

    /// Labels, and the pod's names.
    public Map<String, String> labels() {
        return labels;
    }

    /// Recently decoded containers: one with the same bytes at the same index is not decoded again. A table of
    /// fixed size; a new container replaces the one with the same hash.
    static final class Known {

        private static final int ENTRIES = 128;

        private final @Nullable ContainerView[] views = new ContainerView[ENTRIES];
        private final byte[][] keys = new byte[ENTRIES][];

        /// The container in the bytes from `offset` to `end`, at `index` of its batch.
        ContainerView at(byte[] record, int offset, int end, int index, AvroInput in) {
            int place = place(record, offset, end, index);
            ContainerView view = views[place];
            if (view == null
                    || view.index() != index
                    || !Arrays.equals(keys[place], 0, keys[place].length, record, offset, end)) {
                in.wrap(record, offset, record.length);
                view = new ContainerView(in, index);
                views[place] = view;
                keys[place] = Arrays.copyOfRange(record, offset, end);
            }
            return view;
        }

        /// The first bytes are the id.
        private static int place(byte[] record, int offset, int end, int index) {
            int hash = index;
            int stop = Math.min(end, offset + 24);
            for (int i = offset; i < stop; i++) {
                hash = hash * 31 + record[i];
            }
            return (hash ^ (hash >>> 8)) & (ENTRIES - 1);
        }
    }
}
