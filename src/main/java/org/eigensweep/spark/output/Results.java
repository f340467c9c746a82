package org.eigensweep.spark.output;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.TrialOutcome;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Fingerprint;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.PlainFiles;
import org.eigensweep.spark.table.DensityTable;
import org.eigensweep.spark.table.EigenvaluesTable;
import org.eigensweep.spark.table.LayersTable;
import org.eigensweep.spark.table.OverlapsTable;
import org.eigensweep.spark.table.Provenance;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of one output folder as one sweep sees them, and the checkpoints of what is not
 * finished yet. A trial counts as finished when its seal is there, which is written after its rows,
 * and all its files are as they were written. Trials of other sweeps may be there too.
 */
public final class Results implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Results.class);

  private final FileSystem files;
  private final Configuration hadoop;
  private final String output;
  private final Provenance provenance;
  private final Map<Trial, TrialIdentity> trials;
  private final Seals seals;
  private final CheckpointFiles checkpointFiles;
  private final Checkpoints checkpoints;
  private final KeptModels models;
  private final OutputLock lock;

  private Results(
      Sweep sweep,
      SweepProblem problem,
      Provenance provenance,
      String output,
      Configuration hadoop,
      FileSystem files,
      OutputLock lock) {
    this.files = files;
    this.hadoop = hadoop;
    this.output = output;
    this.provenance = provenance;
    this.trials = identities(sweep, problem);
    this.seals = new Seals(files, output);
    this.checkpointFiles = new CheckpointFiles(files, new Path(output), Kept.Build.of(provenance));
    this.checkpoints =
        new Checkpoints(
            checkpointFiles,
            lock,
            trunk -> Fingerprint.of(sweep.protocol(), problem, trunk).hash(),
            trial -> trials.get(trial).name(),
            sweep.protocol().following().keptSteps());
    this.models = KeptModels.of(sweep, files, output, problem);
    this.lock = lock;
  }

  private static Map<Trial, TrialIdentity> identities(Sweep sweep, SweepProblem problem) {
    Map<Trial, TrialIdentity> trials = new LinkedHashMap<>();
    for (Trial trial : sweep.trials()) {
      trials.put(trial, TrialIdentity.of(sweep, problem, trial));
    }
    return trials;
  }

  /**
   * The trials that earlier runs left in a folder, for one who only looks: makes no folder, takes
   * nothing for itself and changes nothing.
   *
   * @throws OutputException if a driver could not use the folder, but for one that is in use
   */
  public static EarlierTrials look(
      Sweep sweep,
      SweepProblem problem,
      Provenance provenance,
      String output,
      Configuration hadoop) {
    try {
      Path folder = new Path(output);
      FileSystem files = PlainFiles.of(folder, hadoop);
      Path there = folder;
      while (!files.exists(there) && there.getParent() != null) {
        there = there.getParent();
      }
      if (!files.getFileStatus(there).isDirectory() && !files.mkdirs(folder)) {
        throw new IOException("the file system refused"); // it throws, beside or below a file
      }
      if (there.equals(folder)) {
        Collection<TrialIdentity> trials = identities(sweep, problem).values();
        EarlierTrials found = earlier(trials, new Seals(files, output), provenance, hadoop);
        KeptModels.of(sweep, files, output, problem).requireAll(trials, found.finished());
        return found;
      }
      return new EarlierTrials(Map.of(), Map.of(), Optional.empty());
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(output, e);
    }
  }

  /**
   * Makes sure that the folder is there and takes it for this driver alone, until closed.
   *
   * @param sweep its trials are those that are looked for and written
   * @param problem what the sweep trains
   * @param provenance of the rows
   * @param output a Hadoop path
   * @param hadoop the file systems
   * @throws OutputException if there is no such folder and it cannot be made, or if another driver
   *     has it
   */
  public static Results open(
      Sweep sweep,
      SweepProblem problem,
      Provenance provenance,
      String output,
      Configuration hadoop) {
    try {
      Path folder = new Path(output);
      FileSystem files = PlainFiles.of(folder, hadoop);
      if (!files.mkdirs(folder)) {
        throw new IOException("the file system refused");
      }
      OutputLock lock = OutputLock.take(files, folder);
      return new Results(sweep, problem, provenance, output, hadoop, files, lock);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(output, e);
    }
  }

  private static OutputException unusable(String output, Exception cause) {
    return new OutputException(
        "cannot make the folder %s (%s); set eigensweep.output to one that can be written"
            .formatted(output, Failures.line(cause)),
        cause);
  }

  /**
   * The trials that earlier runs left here. Those whose files are not as they were written lose
   * their row in {@code trials} and their seal, so that they are to be run again.
   *
   * @throws OutputException before anything is changed, if the folder cannot be read, holds files
   *     that no sweep has written, or trials of another version of the tables
   */
  public EarlierTrials find() {
    EarlierTrials found = earlier(trials.values(), seals, provenance, hadoop);
    models.requireAll(trials.values(), found.finished());
    for (TrialIdentity trial : trials.values()) {
      if (found.damaged().containsKey(trial.trial().id())) {
        lock.check();
        withdraw(trial.name());
      }
    }
    return found;
  }

  private static EarlierTrials earlier(
      Collection<TrialIdentity> trials, Seals seals, Provenance provenance, Configuration hadoop) {
    Set<String> names = trials.stream().map(TrialIdentity::name).collect(Collectors.toSet());
    try {
      OtherTrials others = new OtherTrials(seals, names, provenance, hadoop);
      return new EarlierReader(seals, hadoop).read(trials, others);
    } catch (IOException e) {
      throw new OutputException(
          "cannot read %s (%s); run again when it can be read, or choose another eigensweep.output"
              .formatted(seals.output(), Failures.line(e)),
          e);
    }
  }

  private void withdraw(String trial) {
    Path row = TrialsTable.TABLE.file(output, trial);
    try {
      files.delete(row, false);
      seals.delete(trial);
    } catch (IOException e) {
      throw new OutputException(
          "cannot delete %s (%s), whose trial is damaged; set eigensweep.output to a folder that can be written"
              .formatted(row, Failures.line(e)),
          e);
    }
  }

  /** How far trunks and branches have come that are not finished. */
  public Checkpoints checkpoints() {
    return checkpoints;
  }

  /**
   * Writes the rows that a trial has so far. They are there for readers alone: where they cannot be
   * written, that costs a warning.
   *
   * @param trial of the sweep, not finished
   * @param points in order of steps
   * @throws OutputException if another driver has taken the folder
   */
  public void show(Trial trial, List<Measurement> points) {
    lock.check();
    TrialIdentity identity = trials.get(trial);
    try {
      writeRows(identity, points);
    } catch (IOException e) {
      LOG.warn("cannot write the rows of {} ({})", identity.name(), Failures.line(e));
    }
  }

  private Map<Table<?>, String> writeRows(TrialIdentity trial, List<Measurement> points)
      throws IOException {
    Map<Table<?>, String> sums = new HashMap<>();
    write(StepsTable.TABLE, trial, StepsTable.rows(trial, points), sums);
    write(EigenvaluesTable.TABLE, trial, EigenvaluesTable.rows(trial, points), sums);
    writeSome(OverlapsTable.TABLE, trial, OverlapsTable.rows(trial, points), sums);
    writeSome(DensityTable.TABLE, trial, DensityTable.rows(trial, points), sums);
    writeSome(LayersTable.TABLE, trial, LayersTable.rows(trial, points), sums);
    return sums;
  }

  /** A table that not every trial has rows for. */
  private <T> void writeSome(
      Table<T> table, TrialIdentity trial, List<T> rows, Map<Table<?>, String> sums)
      throws IOException {
    if (!rows.isEmpty()) {
      write(table, trial, rows, sums);
    }
  }

  private <T> void write(
      Table<T> table, TrialIdentity trial, List<T> rows, Map<Table<?>, String> sums)
      throws IOException {
    sums.put(table, table.write(files, output, trial.name(), rows));
  }

  /**
   * Writes all rows of a trial, after which it counts as finished.
   *
   * @param ended a trial of the sweep
   * @throws OutputException if another driver has taken the folder
   * @throws IOException if it cannot be said for certain what was written
   */
  public TrialSummary write(Located<TrialOutcome> ended) throws IOException {
    lock.check();
    TrialOutcome outcome = ended.result();
    TrialIdentity trial = trials.get(outcome.trial());
    String name = trial.name();
    TrialSummary summary = outcome.summary();
    seals.delete(name);
    var row =
        new TrialsTable.Entry(
            trial, summary, provenance, ended.host(), ended.threads(), Instant.now());
    models.write(trial, outcome.kept());
    Map<Table<?>, String> sums = writeRows(trial, outcome.measurements());
    write(TrialsTable.TABLE, trial, List.of(row), sums);
    seals.write(name, sums);
    return summary;
  }

  /** Leaves the folder to other drivers. */
  @Override
  public void close() {
    checkpointFiles.tidy();
    lock.close();
  }
}
