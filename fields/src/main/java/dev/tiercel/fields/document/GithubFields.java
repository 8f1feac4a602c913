package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of GitHub events: class github.
///
/// As in Falco's plugin a text that an event lacks is empty, not absent; a repository is public unless the event
/// says that it is private; `github.webhook.id` is 0 where there is none. GitHub says the type of an event outside
/// its body, in the header X-GitHub-Event: it is the verb up to a dot (`repository.created` is of type `repository`),
/// or of an event without one `webhook_type`, which Falco's plugin adds to the body.
///
/// Neither a diff nor a workflow's file is in a body. Falco's plugin fetches them over GitHub's API and adds what it
/// finds there as `files` and `workflow_miner_detections`: the fields of class `github.diff` and
/// `github.workflow.miners` are read from these. The plugin runs together the last file of a commit and the first of
/// the next; here a comma is between them.
final class GithubFields implements DocumentFields {

    private static final String ADDRESS = "https://github.com/";
    private static final JsonPath STORED_TYPE = JsonPath.of("webhook_type");
    private static final JsonPath ACTION = JsonPath.of("action");
    private static final JsonPath USER = JsonPath.of("sender", "login");
    private static final JsonPath REPOSITORY = JsonPath.of("repository", "html_url");
    private static final JsonPath PRIVATE = JsonPath.of("repository", "private");
    private static final JsonPath HOOK = JsonPath.of("hook", "id");
    private static final JsonPath COMMITS = JsonPath.of("commits");
    private static final JsonPath HEAD = JsonPath.of("head_commit", "id");
    private static final JsonPath FILES = JsonPath.of("files");
    private static final JsonPath MINERS = JsonPath.of("workflow_miner_detections", "matches");

    @Override
    public String source() {
        return "github";
    }

    @Override
    public String plugin() {
        return "github";
    }

    @Override
    public Map<String, Function<FieldReference, DocumentExtractor>> extractors() {
        DocumentExtractors.Builder fields = new DocumentExtractors.Builder();
        event(fields);
        repository(fields);
        commits(fields);
        findings(fields);
        return fields.build();
    }

    private static void event(DocumentExtractors.Builder fields) {
        fields.add("github.type", GithubFields::type);
        text(fields, "github.action", ACTION);
        text(fields, "github.user", USER);
        text(fields, "github.org", JsonPath.of("organization", "login"));
        text(fields, "github.collaborator.name", JsonPath.of("member", "login"));
        text(fields, "github.collaborator.role", JsonPath.of("changes", "permission", "to"));
        text(fields, "github.webhook.type", JsonPath.of("hook", "type"));
        fields.add("github.webhook.id", event -> number(event.document(), event.at(HOOK)));
        text(fields, "github.workflow.filename", JsonPath.of("workflow", "path"));
    }

    private static void repository(DocumentExtractors.Builder fields) {
        text(fields, "github.repo", REPOSITORY);
        text(fields, "github.repo.url", REPOSITORY);
        fields.add("github.repo.name", GithubFields::repositoryName);
        text(fields, "github.repo.description", JsonPath.of("repository", "description"));
        text(fields, "github.owner", JsonPath.of("repository", "owner", "login"));
        fields.add("github.repo.public", event -> {
            boolean isPrivate = event.document().is(event.at(PRIVATE), JsonDocument.Kind.TRUE);
            return Boolean.toString(!isPrivate);
        });
    }

    private static void commits(DocumentExtractors.Builder fields) {
        fields.add("github.commit.added", event -> files(event, "added"));
        fields.add("github.commit.modified", event -> files(event, "modified"));
        fields.add("github.commit.removed", event -> files(event, "removed"));
    }

    private static void findings(DocumentExtractors.Builder fields) {
        fields.add("github.diff.has_secrets", GithubFields::hasSecrets);
        secrets(fields, "github.diff.committed_secrets.desc", (event, _, match) -> member(event, match, "desc"));
        secrets(fields, "github.diff.committed_secrets.files", (event, file, _) -> member(event, file, "name"));
        secrets(fields, "github.diff.committed_secrets.lines", (event, _, match) -> line(event, match));
        secrets(fields, "github.diff.committed_secrets.links", GithubFields::link);
        fields.add("github.workflow.has_miners", GithubFields::hasMiners);
        fields.add("github.workflow.miners.type", GithubFields::miners);
    }

    private static void text(DocumentExtractors.Builder fields, String field, JsonPath path) {
        fields.add(field, event -> text(event, path));
    }

    private static String text(CurrentDocument event, JsonPath path) {
        String text = event.string(path);
        return text == null ? "" : text;
    }

    private static String type(CurrentDocument event) {
        String verb = event.verb();
        if (verb == null) {
            return text(event, STORED_TYPE);
        }
        int dot = verb.indexOf('.');
        return dot < 0 ? verb : verb.substring(0, dot);
    }

    private static String repositoryName(CurrentDocument event) {
        String address = text(event, REPOSITORY);
        return address.startsWith(ADDRESS) ? address.substring(ADDRESS.length()) : address;
    }

    private static String number(JsonDocument document, int node) {
        String number = document.is(node, JsonDocument.Kind.NUMBER) ? document.text(node) : null;
        return number == null ? "0" : number;
    }

    private static String files(CurrentDocument event, String kind) {
        JsonDocument document = event.document();
        StringJoiner files = new StringJoiner(",");
        for (int commit = document.firstChild(event.at(COMMITS)); commit >= 0; commit = document.next(commit)) {
            int names = document.member(commit, kind);
            for (int name = document.firstChild(names); name >= 0; name = document.next(name)) {
                files.add(document.text(name));
            }
        }
        return files.toString();
    }

    /// Empty: nobody has looked.
    private static String hasSecrets(CurrentDocument event) {
        JsonDocument document = event.document();
        int files = event.at(FILES);
        for (int file = document.firstChild(files); file >= 0; file = document.next(file)) {
            if (document.size(document.member(file, "matches")) > 0) {
                return "true";
            }
        }
        return document.is(files, JsonDocument.Kind.ARRAY) ? "false" : "";
    }

    @FunctionalInterface
    private interface OfSecret {
        String of(CurrentDocument event, int file, int match);
    }

    /// Adds a field that says something of each secret, with commas between; absent: nobody has looked.
    private static void secrets(DocumentExtractors.Builder fields, String field, OfSecret say) {
        fields.add(field, event -> {
            JsonDocument document = event.document();
            int files = event.at(FILES);
            StringJoiner all = new StringJoiner(",");
            for (int file = document.firstChild(files); file >= 0; file = document.next(file)) {
                int matches = document.member(file, "matches");
                for (int match = document.firstChild(matches); match >= 0; match = document.next(match)) {
                    all.add(say.of(event, file, match));
                }
            }
            return document.is(files, JsonDocument.Kind.ARRAY) ? all.toString() : null;
        });
    }

    private static String member(CurrentDocument event, int object, String name) {
        String text = event.document().text(event.document().member(object, name));
        return text == null ? "" : text;
    }

    private static String line(CurrentDocument event, int match) {
        return number(event.document(), event.document().member(match, "line"));
    }

    private static String link(CurrentDocument event, int file, int match) {
        String tree = text(event, REPOSITORY) + "/blob/" + text(event, HEAD) + "/";
        return tree + member(event, file, "name") + "/#L" + line(event, match);
    }

    private static @Nullable String hasMiners(CurrentDocument event) {
        JsonDocument document = event.document();
        int matches = event.at(MINERS);
        return document.is(matches, JsonDocument.Kind.ARRAY) ? Boolean.toString(document.size(matches) > 0) : null;
    }

    private static @Nullable String miners(CurrentDocument event) {
        JsonDocument document = event.document();
        int matches = event.at(MINERS);
        Set<String> types = new LinkedHashSet<>();
        for (int match = document.firstChild(matches); match >= 0; match = document.next(match)) {
            types.add(member(event, match, "type"));
        }
        return document.is(matches, JsonDocument.Kind.ARRAY) ? String.join(",", types) : null;
    }

    /// When it was received: few bodies say when it happened.
    @Override
    public @Nullable Long moment(CurrentDocument event) {
        return event.receivedAt() == 0 ? null : (Long) event.receivedAt();
    }

    @Override
    public String line(CurrentDocument event) {
        return "github " + type(event) + named(" user:", event, USER) + named(" repo:", event, REPOSITORY)
                + named(" action:", event, ACTION);
    }

    private static String named(String name, CurrentDocument event, JsonPath path) {
        String value = event.string(path);
        return value == null ? "" : name + value;
    }
}
