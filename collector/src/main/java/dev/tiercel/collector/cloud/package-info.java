/// Where in a cloud the node is: from its metadata service, or from settings, onto topic `context.nodes`.
@NullMarked
package dev.tiercel.collector.cloud;

import org.jspecify.annotations.NullMarked;
