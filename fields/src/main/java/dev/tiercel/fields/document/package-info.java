/// Rows over events that are one JSON document each, as their source wrote it: Kubernetes audit, CloudTrail, Okta,
/// GitHub, Google Cloud, any JSON. Entry type: [dev.tiercel.fields.document.DocumentRow]. A class per source says
/// where its fields are; `JsonDocument` finds values without building objects.
@NullMarked
package dev.tiercel.fields.document;

import org.jspecify.annotations.NullMarked;
