package org.eigensweep.config;

import org.eigensweep.array.Precision;
import org.eigensweep.data.DataSource;
import org.eigensweep.experiment.spectrum.SpectrumRequest;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.spark.task.DeviceChoice;

/**
 * Settings of the study of a saved network, read and checked. The saved network defines its layers
 * and its loss, so the settings that build and train a network are not read.
 *
 * @param data where the examples come from
 * @param precision format of all arithmetic
 * @param device on what to compute
 * @param passes how the examples pass through the network
 * @param request what is asked of the curvature
 * @param output folder of the result tables, a Hadoop path; a relative one starts at the working
 *     directory
 * @param resolved everything under {@code eigensweep} after merging and substitution, as one line
 *     of JSON, for provenance
 */
public record SpectrumSettings(
    DataSource data,
    Precision precision,
    DeviceChoice device,
    PassSettings passes,
    SpectrumRequest request,
    String output,
    String resolved) {}
