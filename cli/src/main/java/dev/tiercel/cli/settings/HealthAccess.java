package dev.tiercel.cli.settings;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.PlainText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// Where the health server of a running `up` listens, and its password: file `health.properties` of the data
/// directory. `toString` hides the password.
///
/// @param address `127.0.0.1:8765`
/// @param tls     whether it speaks TLS
public record HealthAccess(String address, String password, boolean tls) {
    private static final String NAME = "health.properties";
    private static final String ADDRESS = "health.address";
    private static final String PASSWORD = "health.password";
    private static final String TLS = "health.tls";

    /// Where it is in a data directory.
    public static Path file(Path data) {
        return data.resolve(NAME);
    }

    /// Reads that of a data directory; empty if there is none.
    ///
    /// @throws EnvironmentException if it is another user's, or other users could have written it
    public static Optional<HealthAccess> of(Path data) {
        Path file = file(data);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
            Properties read = new Properties();
            read.load(new StringReader(PrivateFiles.read(file)));
            return Optional.of(new HealthAccess(
                    read.getProperty(ADDRESS, ""),
                    read.getProperty(PASSWORD, ""),
                    Boolean.parseBoolean(read.getProperty(TLS))));
        } catch (IOException e) {
            throw new EnvironmentException("cannot read " + file + ": " + PlainCause.of(e), e);
        }
    }

    /// Writes it.
    public void write(Path data) {
        try {
            PrivateFiles.write(
                    file(data),
                    "# Written by `tiercel up` at each start. Whoever can read this sees the state of correlations.\n"
                            + ADDRESS + "=" + PlainText.line(address) + "\n" + PASSWORD + "=" + password + "\n" + TLS
                            + "="
                            + tls + "\n");
        } catch (IOException e) {
            throw new EnvironmentException("cannot write " + file(data) + ": " + PlainCause.of(e), e);
        }
    }

    @Override
    public String toString() {
        return address;
    }
}
