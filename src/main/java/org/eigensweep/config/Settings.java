package org.eigensweep.config;

import org.eigensweep.experiment.SpectrumRequest;
import org.eigensweep.experiment.Sweep;
import org.eigensweep.spark.Placement;

/**
 * Settings, read and checked.
 *
 * @param sweep the experiment, data and protocol included
 * @param placement where its trials run
 * @param spectrum what the study of a saved network asks
 * @param output folder of the result tables, a Hadoop path; a relative one starts at the working
 *     directory
 * @param resolved everything under {@code eigensweep} after merging and substitution, as one line
 *     of JSON, for provenance
 */
public record Settings(
    Sweep sweep, Placement placement, SpectrumRequest spectrum, String output, String resolved) {}
