/// What every process shares: settings, ordered start and stop, threads, metrics, health.
///
/// Entry types: [dev.tiercel.service.Settings], [dev.tiercel.service.Lifecycle] and, for threads,
/// [dev.tiercel.service.Worker] and [dev.tiercel.service.WorkerPool]. Imports nothing of ours and no Kafka.
@NullMarked
package dev.tiercel.service;

import org.jspecify.annotations.NullMarked;
