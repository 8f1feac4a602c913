/// Lists of indicators (addresses, networks, domains, hashes) from files and over HTTP, onto topic `context.feeds`.
@NullMarked
package dev.tiercel.enricher.feeds;

import org.jspecify.annotations.NullMarked;
