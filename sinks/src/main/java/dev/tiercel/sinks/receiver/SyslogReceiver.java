package dev.tiercel.sinks.receiver;

import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.service.ClientTls;
import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.yaml.Section;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Syslog messages of RFC 5424. By UDP (RFC 5426) one datagram each, cut at the length that every server takes; by TCP
/// (RFC 6587, octet counting) and TLS (RFC 5425) on one connection.
///
/// A message is UTF-8 without a byte order mark, which RFC 5424 has and what reads logs stumbles over.
/// Syslog has no answer: what was sent by UDP may not have arrived, and what was in a connection that broke neither.
final class SyslogReceiver implements Receiver {
    /// RFC 5426: all must take 480, and should take 2,048.
    private static final int DATAGRAM = 2048;
    /// Servers drop the connection at longer ones, or take the rest for other messages.
    private static final int FRAME = 8192;

    private static final int VERSION = 1;
    private static final int USER = 1;
    private static final Map<String, Integer> FACILITIES = facilities();

    private final SyslogConnection connection;
    private final LineForm form;
    private final int facility;
    private final String application;

    private SyslogReceiver(SyslogConnection connection, LineForm form, int facility, String application) {
        this.connection = connection;
        this.form = form;
        this.facility = facility;
        this.application = application;
    }

    /// RFC 5424, 6.2.1.
    private static Map<String, Integer> facilities() {
        Map<String, Integer> codes = new LinkedHashMap<>();
        List<String> names =
                List.of("kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv");
        for (String name : names) codes.put(name, codes.size());
        for (int local = 0; local < 8; local++) codes.put("local" + local, 16 + local);
        return codes;
    }

    /// Reads `address`, `facility`, `application`, `format`, `template` and `tls`.
    static Receiver read(Section section) {
        ClientTls tls = section.section("tls")
                .map(inner -> {
                    ClientTls read = new ClientTls(inner.path("authority-file"));
                    inner.end();
                    return read;
                })
                .orElse(new ClientTls(Optional.empty()));
        String application = section.text("application", "tiercel");
        if (!application.matches("[!-~]{1,48}"))
            section.problem("application", "must be up to 48 characters without blanks");
        SyslogConnection connection =
                SyslogConnection.to(section.text("address"), tls, problem -> section.problem("address", problem));
        return new SyslogReceiver(
                connection, LineForm.read(section), section.choice("facility", FACILITIES, USER), application);
    }

    @Override
    public void check() throws IOException {
        connection.open();
    }

    @Override
    public List<DeliveryResult> deliver(List<Notice> notices) throws IOException {
        if (connection.datagrams()) {
            for (Notice notice : notices) connection.send(cut(message(notice), DATAGRAM));
            return Lines.delivered(notices);
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (Notice notice : notices) {
            byte[] message = cut(message(notice), FRAME);
            frames.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(message);
        }
        connection.send(frames.toByteArray());
        return Lines.delivered(notices);
    }

    private byte[] message(Notice notice) {
        AlertView view = notice.alert();
        Alert alert = view.alert();
        int severity = severity(Priority.parse(alert.getPriority()).orElse(Priority.NOTICE));
        String header = "<%d>%d %s %s %s - alert [alert@32473 id=\"%s\" rule=\"%s\" source=\"%s\"] "
                .formatted(
                        facility * 8 + severity,
                        VERSION,
                        microseconds(alert.getTime()),
                        name(alert.getHostname()),
                        application,
                        quoted(alert.getId()),
                        quoted(alert.getRule()),
                        quoted(alert.getSource()));
        return (header + form.of(notice)).getBytes(StandardCharsets.UTF_8);
    }

    /// RFC 5424, 6.2.1.
    private static int severity(Priority priority) {
        return switch (priority) {
            case EMERGENCY -> 0;
            case ALERT -> 1;
            case CRITICAL -> 2;
            case ERROR -> 3;
            case WARNING -> 4;
            case NOTICE -> 5;
            case INFORMATIONAL -> 6;
            case DEBUG -> 7;
        };
    }

    /// RFC 5424, 6.2.3: at most six digits of a second.
    private static String microseconds(long nanos) {
        String moment = AlertView.moment(nanos);
        return moment.substring(0, moment.length() - 4) + "Z";
    }

    /// RFC 5424, 6.2.4: up to 255 printable characters.
    private static String name(String hostname) {
        String printable = hostname.replaceAll("[^!-~]", "?");
        return printable.isEmpty() ? "-" : printable.substring(0, Math.min(255, printable.length()));
    }

    /// RFC 5424, 6.3.3.
    private static String quoted(String value) {
        return PlainText.line(value).replaceAll("([\"\\\\\\]])", "\\\\$1");
    }

    /// Not within a character.
    private static byte[] cut(byte[] message, int most) {
        if (message.length <= most) return message;
        int end = most;
        while ((message[end] & 0xC0) == 0x80) end--;
        return Arrays.copyOf(message, end);
    }

    @Override
    public int batch() {
        return 100;
    }

    @Override
    public void close() {
        connection.close();
    }
}
