/// `tiercel state`: what the correlations of running detectors hold.
@NullMarked
package dev.tiercel.cli.state;

import org.jspecify.annotations.NullMarked;
