/// GitHub: webhooks, and entries of audit logs.
///
/// Entry types: [dev.tiercel.enricher.github.GithubIntake] and [dev.tiercel.enricher.github.GithubFormat].
@NullMarked
package dev.tiercel.enricher.github;

import org.jspecify.annotations.NullMarked;
