package org.eigensweep.spark.output;

import java.util.Map;
import org.eigensweep.experiment.TrialSummary;

/**
 * What earlier runs left in an output folder.
 *
 * @param finished the trials that are complete, by id
 * @param damaged id → the first file that is not as it was written, and what is wrong with it
 */
public record EarlierTrials(Map<String, TrialSummary> finished, Map<String, String> damaged) {}
