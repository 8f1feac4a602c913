package dev.tiercel.detector;

import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.avro.RuleFileContent;
import dev.tiercel.schemas.avro.RuleFiles;
import java.util.List;

/// Rules for tests.
final class RuleTexts {
    static final String SHADOW = """
            - rule: Shadow read
              desc: somebody reads shadow
              condition: evt.type in (open, openat, openat2) and fd.name = /etc/shadow
              output: Shadow opened (command=%proc.cmdline file=%fd.name container=%container.name)
              priority: WARNING
              tags: [filesystem, credentials]
            """;

    static final String PASSWD = """
            - rule: Passwd read
              desc: somebody reads passwd
              condition: evt.type in (open, openat, openat2) and fd.name = /etc/passwd
              output: Passwd opened (command=%proc.cmdline file=%fd.name)
              priority: NOTICE
            """;

    static final String DELETED = """
            - rule: Deleted
              desc: somebody deletes something
              condition: jevt.value[/verb] = delete
              output: Deleted %jevt.value[/what]
              priority: NOTICE
              source: k8s_audit
            """;

    static final String LISTED = """
            - rule: Listed
              desc: a verb of a list
              condition: jevt.value[/verb] in (feed:verbs)
              output: Listed
              priority: NOTICE
              source: k8s_audit
            """;

    static final String BROKEN = """
            - rule: Broken
              desc: does not compile
              condition: evt.type = openat and proc.nam = cat
              output: x
              priority: NOTICE
            """;

    private RuleTexts() {}

    static RuleFiles publication(String content) {
        RuleFile file = new RuleFile("rules.yaml", content);
        return RuleFiles.newBuilder()
                .setVersion(RulePublisher.version(List.of(file)))
                .setPublishedAt(1_700_000_000_000_000_000L)
                .setPublisher("test")
                .setFiles(List.of(new RuleFileContent(file.name(), file.content())))
                .build();
    }
}
