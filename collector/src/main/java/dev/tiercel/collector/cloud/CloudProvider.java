package dev.tiercel.collector.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// A cloud whose machines can ask a metadata service about themselves.
enum CloudProvider {
    /// Instance identity document, by version 2 of the service: with a token.
    AWS("sys_vendor", "Amazon EC2") {
        @Override
        CloudPlace ask(MetadataService service) throws IOException {
            String token = service.put("/latest/api/token", Map.of("X-aws-ec2-metadata-token-ttl-seconds", "60"));
            JsonNode machine = service.json(
                    "/latest/dynamic/instance-identity/document", Map.of("X-aws-ec2-metadata-token", token));
            return new CloudPlace(
                    "aws",
                    text(machine, "region"),
                    text(machine, "availabilityZone"),
                    text(machine, "accountId"),
                    text(machine, "instanceId"),
                    text(machine, "instanceType"));
        }
    },
    GCP("product_name", "Google Compute Engine") {
        @Override
        CloudPlace ask(MetadataService service) throws IOException {
            Map<String, String> flavor = Map.of("Metadata-Flavor", "Google");
            JsonNode machine = service.json("/computeMetadata/v1/instance/?recursive=true", flavor);
            String project = service.get("/computeMetadata/v1/project/project-id", flavor);
            String zone = last(text(machine, "zone"));
            return new CloudPlace(
                    "gcp",
                    zone.replaceFirst("-[a-z]$", ""),
                    zone,
                    project,
                    text(machine, "id"),
                    last(text(machine, "machineType")));
        }
    },
    AZURE("chassis_asset_tag", "7783-7084-3265-9085-8269-3286-77") {
        @Override
        CloudPlace ask(MetadataService service) throws IOException {
            JsonNode machine = service.json("/metadata/instance?api-version=2021-02-01", Map.of("Metadata", "true"))
                    .path("compute");
            return new CloudPlace(
                    "azure",
                    text(machine, "location"),
                    text(machine, "zone"),
                    text(machine, "subscriptionId"),
                    text(machine, "vmId"),
                    text(machine, "vmSize"));
        }
    };

    private final String file;
    private final String content;

    /// @param file of the firmware's identification in /sys/class/dmi/id
    CloudProvider(String file, String content) {
        this.file = file;
        this.content = content;
    }

    /// Where this machine is.
    ///
    /// @throws IOException if the service does not answer as it should
    abstract CloudPlace ask(MetadataService service) throws IOException;

    /// The cloud that this machine is of, by its firmware.
    ///
    /// @param firmware /sys/class/dmi/id
    static Optional<CloudProvider> of(Path firmware) {
        return Arrays.stream(values())
                .filter(provider -> provider.content.equals(read(firmware.resolve(provider.file))))
                .findFirst();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException none) {
            return "";
        }
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asText("");
    }

    /// `projects/1/zones/us-central1-a` → `us-central1-a`
    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
