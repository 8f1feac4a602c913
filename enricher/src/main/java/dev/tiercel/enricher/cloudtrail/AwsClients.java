package dev.tiercel.enricher.cloudtrail;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/// Makes the clients of AWS.
final class AwsClients {
    /// `sqs.eu-central-1.amazonaws.com/1111/trail`.
    private static final Pattern QUEUE_REGION = Pattern.compile("sqs\\.([a-z0-9-]+)\\.amazonaws\\.com.*");

    /// Of a store that is not AWS the region is any.
    private static final Region ANY = Region.US_EAST_1;

    private final CloudTrailConfig config;

    AwsClients(CloudTrailConfig config) {
        this.config = config;
    }

    /// @throws software.amazon.awssdk.core.exception.SdkException if no region is known
    S3Client s3() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http())
                .crossRegionAccessEnabled(config.s3Endpoint().isEmpty())
                .forcePathStyle(config.s3Endpoint().isPresent());
        return at(builder, config.s3Endpoint(), Optional.empty()).build();
    }

    /// @param queue of `sqs://`, without that
    SqsClient sqs(String queue) {
        SqsClientBuilder builder = SqsClient.builder().httpClient(http());
        Matcher named = QUEUE_REGION.matcher(queue);
        Optional<Region> region = named.matches() ? Optional.of(Region.of(named.group(1))) : Optional.empty();
        return at(builder, config.sqsEndpoint(), region).build();
    }

    private static <B extends AwsClientBuilder<B, ?>> B at(B builder, Optional<URI> endpoint, Optional<Region> region) {
        endpoint.ifPresent(uri -> builder.endpointOverride(uri).region(ANY));
        region.filter(named -> endpoint.isEmpty()).ifPresent(builder::region);
        return builder;
    }

    private static SdkHttpClient http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(10))
                .socketTimeout(Duration.ofSeconds(60))
                .build();
    }
}
