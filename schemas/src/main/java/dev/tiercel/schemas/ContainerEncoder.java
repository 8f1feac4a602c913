package dev.tiercel.schemas;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Encodes a container once; [BatchWriter#addContainer] copies the result into every batch that needs it.
///
/// Setters are named like the fields of Container and return the encoder; unset fields are unknown. `id` and `fullId`
/// are [RawText], for they can come from the path of a cgroup; the others are Unicode, as engines give them. Not
/// thread-safe; reusable: values stay set.
public final class ContainerEncoder {

    private final AvroOutput out = new AvroOutput(1024);
    private String id = "";
    private String fullId = "";
    private String runtime = "";
    private @Nullable String name;
    private @Nullable String image;
    private @Nullable String imageRepository;
    private @Nullable String imageTag;
    private @Nullable String imageDigest;
    private @Nullable String imageId;
    private @Nullable Boolean privileged;
    private long startTime;
    private @Nullable String ip;
    private List<ContainerMount> mounts = List.of();
    private Map<String, String> labels = Map.of();

    /// Creates an encoder with all fields unknown.
    public ContainerEncoder() {}

    /// 12 characters.
    public ContainerEncoder id(String id) {
        this.id = id;
        return this;
    }

    /// The engine's id.
    public ContainerEncoder fullId(String fullId) {
        this.fullId = fullId;
        return this;
    }

    /// docker, containerd, cri-o, podman, lxc or unknown.
    public ContainerEncoder runtime(String runtime) {
        this.runtime = runtime;
        return this;
    }

    /// null: unknown.
    public ContainerEncoder name(@Nullable String name) {
        this.name = name;
        return this;
    }

    /// Image as named at start; null: unknown.
    public ContainerEncoder image(@Nullable String image) {
        this.image = image;
        return this;
    }

    /// null: unknown.
    public ContainerEncoder imageRepository(@Nullable String imageRepository) {
        this.imageRepository = imageRepository;
        return this;
    }

    /// null: unknown.
    public ContainerEncoder imageTag(@Nullable String imageTag) {
        this.imageTag = imageTag;
        return this;
    }

    /// null: unknown.
    public ContainerEncoder imageDigest(@Nullable String imageDigest) {
        this.imageDigest = imageDigest;
        return this;
    }

    /// null: unknown.
    public ContainerEncoder imageId(@Nullable String imageId) {
        this.imageId = imageId;
        return this;
    }

    /// null: unknown.
    public ContainerEncoder privileged(@Nullable Boolean privileged) {
        this.privileged = privileged;
        return this;
    }

    /// Nanoseconds since the epoch; 0: unknown.
    public ContainerEncoder startTime(long startTime) {
        this.startTime = startTime;
        return this;
    }

    /// null: unknown.
    public ContainerEncoder ip(@Nullable String ip) {
        this.ip = ip;
        return this;
    }

    /// In the engine's order.
    public ContainerEncoder mounts(List<ContainerMount> mounts) {
        this.mounts = List.copyOf(mounts);
        return this;
    }

    /// Labels, and the pod's names.
    public ContainerEncoder labels(Map<String, String> labels) {
        this.labels = Map.copyOf(labels);
        return this;
    }

    /// The encoded container, for [BatchWriter#addContainer].
    public byte[] encode() {
        out.clear();
        out.writeString(id);
        out.writeString(fullId);
        out.writeString(runtime);
        writeUnicode(name);
        writeUnicode(image);
        writeUnicode(imageRepository);
        writeUnicode(imageTag);
        writeUnicode(imageDigest);
        writeUnicode(imageId);
        out.writeOptional(privileged);
        out.writeLong(startTime);
        writeUnicode(ip);
        writeMounts();
        writeLabels();
        return out.toByteArray();
    }

    private void writeUnicode(@Nullable String string) {
        out.writeOptional(string == null ? null : RawText.ofUnicode(string));
    }

    private void writeMounts() {
        if (!mounts.isEmpty()) {
            out.writeLong(mounts.size());
            for (ContainerMount mount : mounts) {
                out.writeString(RawText.ofUnicode(mount.source()));
                out.writeString(RawText.ofUnicode(mount.destination()));
                out.writeString(RawText.ofUnicode(mount.mode()));
                out.writeBoolean(mount.writable());
                out.writeString(RawText.ofUnicode(mount.propagation()));
            }
        }
        out.writeLong(0);
    }

    private void writeLabels() {
        if (!labels.isEmpty()) {
            out.writeLong(labels.size());
            labels.forEach((key, value) -> {
                out.writeString(RawText.ofUnicode(key));
                out.writeString(RawText.ofUnicode(value));
            });
        }
        out.writeLong(0);
    }
}
