/// Events that are posted over HTTP and HTTPS.
///
/// Entry type: [dev.tiercel.enricher.http.HttpEndpoint]; what is particular to a kind of source is its
/// [dev.tiercel.enricher.http.Intake].
@NullMarked
package dev.tiercel.enricher.http;

import org.jspecify.annotations.NullMarked;
