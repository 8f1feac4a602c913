/// AWS CloudTrail: its records, and how they come from S3 and SQS.
///
/// Entry types: [dev.tiercel.enricher.cloudtrail.CloudTrailFormat],
/// [dev.tiercel.enricher.cloudtrail.CloudTrailSources].
@NullMarked
package dev.tiercel.enricher.cloudtrail;

import org.jspecify.annotations.NullMarked;
