package org.eigensweep.config;

import java.time.Duration;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.spark.run.Placement;

/**
 * Settings of a sweep, read and checked.
 *
 * @param sweep the experiment, data and protocol included
 * @param placement where its trials run
 * @param checkpoints time from one checkpoint of a trunk or a branch to the next
 * @param output folder of the result tables, a Hadoop path; a relative one starts at the working
 *     directory
 * @param resolved everything under {@code eigensweep} after merging and substitution, as one line
 *     of JSON, for provenance
 */
public record Settings(
    Sweep sweep, Placement placement, Duration checkpoints, String output, String resolved) {}
