/// The schema registry: a client of Confluent's REST API ([dev.tiercel.registry.RestRegistry]), a registry in this
/// process that keeps its schemas on a topic ([dev.tiercel.registry.EmbeddedRegistry]) or in memory, and the REST
/// server in front of it ([dev.tiercel.registry.RegistryServer]).
///
/// Imports schemas (for the contract that all of them meet) and service.
@NullMarked
package dev.tiercel.registry;

import org.jspecify.annotations.NullMarked;
