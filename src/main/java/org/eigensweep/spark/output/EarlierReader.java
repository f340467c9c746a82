package org.eigensweep.spark.output;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.spark.table.TrialsTable;

/**
 * Reads back what earlier runs left in an output folder, and changes nothing there.
 *
 * @param seals of the folder
 * @param hadoop the file systems
 */
record EarlierReader(Seals seals, Configuration hadoop) {
  /**
   * The trials of earlier runs. A trial that did not come as far as its row in {@code trials} is
   * neither finished nor damaged.
   *
   * @param trials of the sweep
   * @param others what the folder holds besides
   * @throws IOException if the folder cannot be read
   */
  EarlierTrials read(Collection<TrialIdentity> trials, OtherTrials others) throws IOException {
    others.requireOurs();
    Map<String, TrialSummary> finished = new LinkedHashMap<>();
    Map<String, String> damaged = new LinkedHashMap<>();
    for (TrialIdentity trial : trials) {
      String name = trial.name();
      String id = trial.trial().id();
      if (!seals.isSealed(name) && !seals.hasRow(name)) {
        continue;
      }
      seals.flaw(name).ifPresent(flaw -> damaged.put(id, flaw));
      if (!damaged.containsKey(id)) {
        finished.put(id, row(trial));
      }
    }
    return new EarlierTrials(finished, damaged, others.line());
  }

  private TrialSummary row(TrialIdentity trial) throws IOException {
    return TrialsTable.TABLE
        .read(hadoop, seals.output(), trial.name(), row -> TrialsTable.summary(trial.trial(), row))
        .get(0);
  }
}
