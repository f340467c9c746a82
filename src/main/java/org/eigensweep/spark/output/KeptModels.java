package org.eigensweep.spark.output;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.experiment.outcome.KeptPoint;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.NewFile;

/**
 * The points that trials keep, as networks that DL4J opens: {@code models/TRIAL-stepN.zip}. Each is
 * there whole or not at all, and before its trial counts as finished.
 *
 * @param files of the output folder
 * @param output the folder
 * @param problem whose network it is
 * @param steps those that are kept
 */
record KeptModels(FileSystem files, String output, Problem problem, List<Integer> steps) {
  private static final String FOLDER = "models";

  /** Those of a sweep. */
  static KeptModels of(Sweep sweep, FileSystem files, String output, Problem problem) {
    return new KeptModels(files, output, problem, sweep.protocol().following().keptSteps());
  }

  private Path path(TrialIdentity trial, int step) {
    return new Path(new Path(output, FOLDER), "%s-step%d.zip".formatted(trial.name(), step));
  }

  /** Writes the points of a trial that are wanted, in place of files of their names. */
  void write(TrialIdentity trial, List<KeptPoint> points) throws IOException {
    for (KeptPoint point : points) {
      if (steps.contains(point.step())) {
        NetworkProblem network = NetworkProblem.of(problem, "a saved model");
        NewFile.replace(
            files, path(trial, point.step()), out -> network.network().save(point.theta(), out));
      }
    }
  }

  /**
   * Refuses finished trials that have not kept what is wanted now: they do not run again.
   *
   * @param trials all of them
   * @param finished how they ended, by name; those that have not are left out
   * @throws OutputException naming the first model that is missing
   */
  void requireAll(Collection<TrialIdentity> trials, Map<String, TrialSummary> finished) {
    try {
      for (TrialIdentity trial : trials) {
        TrialSummary summary = finished.get(trial.trial().id());
        if (summary != null) {
          requireAll(trial, summary);
        }
      }
    } catch (IOException e) {
      throw new OutputException(
          "cannot look into the models of %s (%s); run again when they can be read"
              .formatted(output, Failures.line(e)),
          e);
    }
  }

  private void requireAll(TrialIdentity trial, TrialSummary summary) throws IOException {
    for (int step : steps) {
      boolean reached =
          summary.divergedStep() >= 0 ? step < summary.divergedStep() : step <= summary.finalStep();
      if (reached && !files.exists(path(trial, step))) {
        throw new OutputException(
            "%s is finished in %s without the model of step %d: a finished trial does not run again; set eigensweep.output to another folder, or leave the step out of eigensweep.measure.save-models"
                .formatted(summary.trial().id(), output, step));
      }
    }
  }
}
