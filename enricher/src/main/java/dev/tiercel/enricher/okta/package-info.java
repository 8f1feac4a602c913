/// Okta's system log.
///
/// Entry types: [dev.tiercel.enricher.okta.OktaFormat], [dev.tiercel.enricher.okta.OktaSources].
@NullMarked
package dev.tiercel.enricher.okta;

import org.jspecify.annotations.NullMarked;
