/// What every process shares: settings, ordered start and stop, metrics, health.
///
/// Entry types: [dev.tiercel.service.Settings] and [dev.tiercel.service.Lifecycle]. Imports nothing of ours and no
/// Kafka.
@NullMarked
package dev.tiercel.service;

import org.jspecify.annotations.NullMarked;
