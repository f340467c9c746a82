package org.eigensweep.spark.reading;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.experiment.outcome.Components;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Distances;
import org.eigensweep.experiment.outcome.FullGradient;
import org.eigensweep.experiment.outcome.GradientNoise;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Pairs;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SteeringAccount;
import org.eigensweep.experiment.outcome.StepTaken;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.linalg.Stop;
import org.eigensweep.spark.file.PlainFiles;
import org.eigensweep.spark.table.EigenvaluesTable;
import org.eigensweep.spark.table.Provenance;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.TrialsTable;

/**
 * A trial whose rows are made up. It has two pairs, and 10 products at each point.
 *
 * @param trial its identity; the hash is made of its parts
 * @param settings the resolved settings, JSON
 * @param points in order of steps
 * @param status how it ends
 */
public record MadeTrial(
    TrialIdentity trial, String settings, List<Measurement> points, Status status) {
  /** A trial of an experiment without points. */
  public static MadeTrial of(String experiment, double rate, long seed, Continuation branch) {
    return of(
        new TrialIdentity(
            "", experiment, new Trial(rate, seed, 1, branch), "sgd", 50, "made", "mse", "made up"));
  }

  /** A trial without points, whose hash is made of its identity. */
  public static MadeTrial of(TrialIdentity i) {
    String hash = "%012x".formatted(i.toString().hashCode() & 0xffffffffL);
    return new MadeTrial(
        new TrialIdentity(
            hash,
            i.experiment(),
            i.trial(),
            i.optimizer(),
            i.batchSize(),
            i.model(),
            i.loss(),
            i.data()),
        "{}",
        List.of(),
        Status.COMPLETED);
  }

  /** The same trial with another experiment's name, and the same hash. */
  public MadeTrial under(String experiment) {
    return new MadeTrial(
        new TrialIdentity(
            trial.hash(),
            experiment,
            trial.trial(),
            trial.optimizer(),
            trial.batchSize(),
            trial.model(),
            trial.loss(),
            trial.data()),
        settings,
        points,
        status);
  }

  /** The same trial run with other settings, which only its hash tells. */
  public MadeTrial with(String otherSettings) {
    return new MadeTrial(
        new TrialIdentity(
            "%012x".formatted((trial.hash() + otherSettings).hashCode() & 0xffffffffL),
            trial.experiment(),
            trial.trial(),
            trial.optimizer(),
            trial.batchSize(),
            trial.model(),
            trial.loss(),
            trial.data()),
        otherSettings,
        points,
        status);
  }

  /** With points at steps 0, every, ..., last, whose training loss is given by the step. */
  public MadeTrial losses(int last, int every, IntToDoubleFunction loss) {
    List<Measurement> made = new ArrayList<>();
    for (int t = 0; t <= last; t += every) {
      made.add(point(t, loss.applyAsDouble(t), t + every <= last));
    }
    return with(made);
  }

  public MadeTrial with(List<Measurement> others) {
    return new MadeTrial(trial, settings, List.copyOf(others), status);
  }

  /** With a last row of the step at which the trial diverged. */
  public MadeTrial divergedAt(int step) {
    List<Measurement> longer = new ArrayList<>(points);
    longer.add(Measurement.ofNothing(step, Phase.BRANCH, Map.of(), step / 4.0));
    return with(longer).divergedHere();
  }

  /** The same trial, whose last row is that of its divergence. */
  public MadeTrial divergedHere() {
    return new MadeTrial(trial, settings, points, Status.DIVERGED);
  }

  /**
   * A point. Its test loss is twice the training loss, its sharpness 8, its time a quarter of its
   * step in seconds, and χ of its gradient 0.6.
   */
  public static Measurement point(int t, double loss, boolean goesOn) {
    Components gradient = new Components(5, new double[] {3, -4});
    Components update = new Components(2.5, new double[] {-1.5, 2});
    return new Measurement(
        t,
        Phase.BRANCH,
        new Evaluation(loss, 0.5),
        new Evaluation(2 * loss, 0.25),
        new Pairs(new double[] {8, 4}, new double[] {0.125, 0.0625}, 10, Stop.TRACKED),
        new FullGradient(gradient, 0, 1e-5),
        goesOn
            ? new StepTaken(gradient, update, update, 0, Double.NaN, loss, Double.NaN)
            : StepTaken.none(2),
        Map.of(),
        GradientNoise.unknown(2),
        4,
        Map.of(1, new SteeringAccount(t == 0 ? 0 : 5, 0, 1, 0, 0.5)),
        new Distances(t, Double.NaN),
        t / 4.0);
  }

  /** The same point without its eigenspace. */
  public static Measurement losses(int t, double loss) {
    Measurement whole = point(t, loss, true);
    Components length = new Components(2.5, new double[0]);
    return new Measurement(
        t,
        Phase.BRANCH,
        whole.train(),
        whole.test(),
        Pairs.NONE,
        FullGradient.MISSING,
        new StepTaken(length, length, length, Double.NaN, Double.NaN, loss, Double.NaN),
        Map.of(),
        GradientNoise.unknown(0),
        4,
        whole.following(),
        whole.distances(),
        t / 4.0);
  }

  /** Writes what a running sweep shows of a trial. */
  public MadeTrial show(Path output) throws IOException {
    FileSystem files =
        PlainFiles.of(new org.apache.hadoop.fs.Path(output.toUri()), new Configuration());
    StepsTable.TABLE.write(files, output.toString(), name(), StepsTable.rows(trial, points));
    EigenvaluesTable.TABLE.write(
        files, output.toString(), name(), EigenvaluesTable.rows(trial, points));
    return this;
  }

  /** Writes the files of a finished trial. */
  public MadeTrial finish(Path output) throws IOException {
    show(output);
    FileSystem files =
        PlainFiles.of(new org.apache.hadoop.fs.Path(output.toUri()), new Configuration());
    TrialsTable.TABLE.write(
        files,
        output.toString(),
        name(),
        List.of(
            new TrialsTable.Entry(
                trial,
                summary(),
                new Provenance(
                    trial.experiment(),
                    settings,
                    trial.data(),
                    "abc",
                    null,
                    null,
                    "1",
                    "c",
                    "3.5",
                    "17",
                    null,
                    null,
                    "float32"),
                "here",
                1,
                Instant.EPOCH)));
    return this;
  }

  private TrialSummary summary() {
    Cost cost = new Cost(0, 0, 0, 0, 0, 0);
    return new TrialSummary(
        trial.trial(),
        status,
        0,
        0.5,
        Double.NaN,
        Double.NaN,
        status == Status.DIVERGED ? points.get(points.size() - 1).step() : -1,
        -1,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        cost,
        cost);
  }

  /** The name of its files. */
  public String name() {
    return trial.name();
  }

  public String hash() {
    return trial.hash();
  }
}
