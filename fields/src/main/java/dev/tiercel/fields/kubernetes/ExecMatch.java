package dev.tiercel.fields.kubernetes;

import dev.tiercel.schemas.avro.ExecSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who is behind a process in a pod: the sessions that it may be of.
///
/// A value that the sessions do not share is absent: nothing is said of one that may be another's.
///
/// @param certainty how sure that is
/// @param sessions at least one; the one nearest to the process's start first
public record ExecMatch(Certainty certainty, List<ExecSession> sessions) {
    /// Field of who asked.
    public static final String USER = "k8s.exec.user.name";

    /// Field of the groups of who asked.
    public static final String GROUPS = "k8s.exec.user.groups";

    /// Field of whom they acted as.
    public static final String IMPERSONATED = "k8s.exec.impuser.name";

    /// Field of the address that they asked from.
    public static final String SOURCE_IP = "k8s.exec.sourceip";

    /// Field of the request's id.
    public static final String AUDIT_ID = "k8s.exec.auditid";

    /// Field of the certainty.
    public static final String MATCH = "k8s.exec.match";

    /// Field of the users in question.
    public static final String CANDIDATES = "k8s.exec.candidates";

    /// How sure it is that a process is of a session.
    public enum Certainty {
        /// One session fits, and its command is what was run.
        EXACT("exact"),
        /// One session fits, and nothing speaks against it.
        UNIQUE("unique"),
        /// Several sessions fit.
        AMBIGUOUS("ambiguous");

        private final String text;

        Certainty(String text) {
            this.text = text;
        }

        /// As rules have it.
        public String text() {
            return text;
        }
    }

    public ExecMatch {
        sessions = List.copyOf(sessions);
    }

    /// Who asked; null: unknown, or it is not the same in all sessions.
    public @Nullable String user() {
        return same(ExecSession::getUser);
    }

    /// Their groups; null: none, or not the same in all sessions.
    public @Nullable List<String> groups() {
        List<String> groups = shared(ExecSession::getGroups);
        return groups == null || groups.isEmpty() ? null : groups;
    }

    /// Whom they acted as; null: nobody else, or not the same in all sessions.
    public @Nullable String impersonated() {
        return same(ExecSession::getImpersonated);
    }

    /// The client's address; null: unknown, or not the same in all sessions.
    public @Nullable String sourceIp() {
        return same(session ->
                session.getSourceIps().isEmpty() ? "" : session.getSourceIps().getFirst());
    }

    /// Id of the request; null: there are several.
    public @Nullable String auditId() {
        return same(ExecSession::getAuditId);
    }

    /// The users in question, each once; null: there is one session only.
    public @Nullable List<String> candidates() {
        return certainty == Certainty.AMBIGUOUS
                ? sessions.stream().map(ExecSession::getUser).distinct().toList()
                : null;
    }

    /// Its values by field: texts and lists of them; what is absent is not in it.
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, USER, user());
        put(values, GROUPS, groups());
        put(values, IMPERSONATED, impersonated());
        put(values, SOURCE_IP, sourceIp());
        put(values, AUDIT_ID, auditId());
        put(values, MATCH, certainty.text());
        put(values, CANDIDATES, candidates());
        return values;
    }

    private static void put(Map<String, Object> values, String field, @Nullable Object value) {
        if (value != null) values.put(field, value);
    }

    private @Nullable String same(Function<ExecSession, String> read) {
        String value = shared(read);
        return value == null || value.isEmpty() ? null : value;
    }

    private <T> @Nullable T shared(Function<ExecSession, T> read) {
        T first = read.apply(sessions.getFirst());
        return sessions.stream().allMatch(session -> read.apply(session).equals(first)) ? first : null;
    }
}
