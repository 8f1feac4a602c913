/// Reading files that a container controls, without hanging and without leaving its root. Entries: [BoundedReads],
/// which gives each read a thread and a time, and [RootDirectory], which opens inside a root directory. And the files
/// of the collector itself ([MappedFiles]). Knows nothing of records, processes and containers.
@NullMarked
package dev.tiercel.collector.files;

import org.jspecify.annotations.NullMarked;
