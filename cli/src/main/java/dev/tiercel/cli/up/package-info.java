/// `tiercel up`: the whole pipeline in this process. In reading order: [dev.tiercel.cli.up.UpCommand], `UpPlan`, `UpRun`,
/// `Pipeline`.
@NullMarked
package dev.tiercel.cli.up;

import org.jspecify.annotations.NullMarked;
