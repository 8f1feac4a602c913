package dev.tiercel.service;

import java.util.List;

/// A component that shows more than counts: the health server serves it at `/state`, to those who have its password.
public interface PrivatePages {
    /// The answer to `GET /state/PATH…?limit=LIMIT`. Called by any thread.
    ///
    /// @param path  decoded; empty: the overview
    /// @param limit most items, from 1
    Page page(List<String> path, int limit);

    /// An answer.
    ///
    /// @param status of HTTP
    /// @param json   one object
    record Page(int status, String json) {}
}
