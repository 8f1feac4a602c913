package dev.tiercel.service;

import java.util.List;
import java.util.OptionalInt;

/// A component that shows more than counts: the health server serves it at `/state`, to those who have its password.
public interface PrivatePages {
    /// The answer to `GET /state/PATH…`. Called by any thread.
    Page page(PageRequest request);

    /// What is asked for.
    ///
    /// @param path      decoded; empty: the overview
    /// @param limit     most items, from 1
    /// @param partition whose items, from 0; empty: those of all that are here
    /// @param after     where the page before ended, as it said; empty: the first page
    record PageRequest(List<String> path, int limit, OptionalInt partition, String after) {
        public PageRequest {
            path = List.copyOf(path);
        }

        /// The first page about `path`.
        public static PageRequest of(List<String> path, int limit) {
            return new PageRequest(path, limit, OptionalInt.empty(), "");
        }

        /// The next page about one partition.
        public static PageRequest of(List<String> path, int limit, int partition, String after) {
            return new PageRequest(path, limit, OptionalInt.of(partition), after);
        }
    }

    /// An answer.
    ///
    /// @param status of HTTP
    /// @param json   one object
    record Page(int status, String json) {}
}
