package org.eigensweep.spark.output;

import java.util.Map;
import java.util.Optional;
import org.eigensweep.experiment.outcome.TrialSummary;

/**
 * What earlier runs left in an output folder.
 *
 * @param finished the sweep's trials that are complete, by their id in the sweep
 * @param damaged those that were complete: id → the first file that is not as it was written, and
 *     what is wrong with it
 * @param others what the folder holds beside the sweep's trials, in one line; empty if nothing
 */
public record EarlierTrials(
    Map<String, TrialSummary> finished, Map<String, String> damaged, Optional<String> others) {}
