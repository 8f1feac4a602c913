package dev.tiercel.collector.container;

import org.jspecify.annotations.Nullable;

/// The parts of an image reference: `registry:5000/team/app:1.2@sha256:…`.
///
/// @param repository without tag and digest; null: the reference is an image id
/// @param tag null: none
/// @param digest `sha256:…`; null: none
record ImageName(
        @Nullable String repository,
        @Nullable String tag,
        @Nullable String digest) {

    static ImageName parse(String reference) {
        if (reference.startsWith("sha256:")) {
            return new ImageName(null, null, null);
        }
        int at = reference.indexOf('@');
        String name = at < 0 ? reference : reference.substring(0, at);
        String digest = at < 0 ? null : reference.substring(at + 1);
        int colon = name.lastIndexOf(':');
        boolean tagged = colon > name.lastIndexOf('/'); // a colon before the last slash is the registry's port
        return new ImageName(
                tagged ? name.substring(0, colon) : name, tagged ? name.substring(colon + 1) : null, digest);
    }

    /// The tag, `latest` if the reference implies it.
    @Nullable
    String tagOrLatest() {
        return tag == null && repository != null && digest == null ? "latest" : tag;
    }
}
