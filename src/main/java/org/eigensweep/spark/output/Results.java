package org.eigensweep.spark.output;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.data.FileSystems;
import org.eigensweep.experiment.TrialOutcome;
import org.eigensweep.experiment.TrialSummary;
import org.eigensweep.experiment.Trunk;
import org.eigensweep.experiment.TrunkOutcome;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.table.EigenvaluesTable;
import org.eigensweep.spark.table.Provenance;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.TrialsTable;
import org.eigensweep.spark.task.Cores;

/**
 * The tables of one output folder, and the trunks that are kept for trials yet to come. A trial
 * counts as finished when its row in {@code trials} is there, which is written after its rows in
 * the other tables, and all its files are as they were written.
 */
public final class Results implements AutoCloseable {
  private final SparkSession spark;
  private final FileSystem files;
  private final String output;
  private final Provenance provenance;
  private final int threads;
  private final Seals seals;
  private final KeptTrunks trunks;
  private final OutputLock lock;

  private Results(
      SparkSession spark, FileSystem files, String output, Provenance provenance, OutputLock lock) {
    this.spark = spark;
    this.files = files;
    this.output = output;
    this.provenance = provenance;
    this.threads = Cores.threads(spark.sparkContext().getConf());
    this.seals = new Seals(files, output);
    this.trunks = new KeptTrunks(files, new Path(output), provenance, threads);
    this.lock = lock;
  }

  /**
   * Makes sure that the folder is there and takes it for this driver alone, until closed.
   *
   * @param output a Hadoop path
   * @throws OutputException if there is no such folder and it cannot be made, or if another driver
   *     has it
   */
  public static Results open(SparkSession spark, String output, Provenance provenance) {
    try {
      Path folder = new Path(output);
      FileSystem files = FileSystems.of(folder, spark.sparkContext().hadoopConfiguration());
      if (!files.mkdirs(folder)) {
        throw new IOException("the file system refused");
      }
      return new Results(spark, files, output, provenance, OutputLock.take(files, folder));
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(output, e);
    }
  }

  private static OutputException unusable(String output, Exception e) {
    String message =
        "cannot make the folder %s (%s); set eigensweep.output to one that can be written"
            .formatted(output, Failures.line(e));
    return new OutputException(message, e);
  }

  /**
   * The trials that earlier runs left here. Those whose files are not as they were written lose
   * their row in {@code trials}, so that they are to be run again.
   *
   * @param trials ids of all trials of the sweep
   * @throws OutputException before anything is changed, if there are trials of other settings or
   *     data, or of other names, or if the folder cannot be read
   */
  public EarlierTrials find(List<String> trials) {
    EarlierTrials found = new EarlierReader(spark, files, output, seals).read(trials, this::check);
    for (String trial : found.damaged().keySet()) {
      lock.check();
      withdraw(trial);
    }
    return found;
  }

  private void withdraw(String trial) {
    Path row = new Path(TrialsTable.TABLE.folder(output, trial));
    try {
      files.delete(row, true);
    } catch (IOException e) {
      throw new OutputException(
          "cannot delete %s (%s), whose trial is damaged; set eigensweep.output to a folder that can be written"
              .formatted(row, Failures.line(e)),
          e);
    }
  }

  private void check(Row row) {
    List<String> differences = new ArrayList<>();
    String settings = row.getAs(TrialsTable.SETTINGS);
    if (!provenance.settings().equals(settings)) {
      differences.add(Difference.of("settings", settings, provenance.settings()));
    }
    String train = row.getAs(TrialsTable.TRAIN_SHA256);
    if (!provenance.trainSha256().equals(train)) {
      differences.add(Difference.of("training data", train, provenance.trainSha256()));
    }
    String test = row.getAs(TrialsTable.TEST_SHA256);
    if (!provenance.testSha256().equals(test)) {
      differences.add(Difference.of("test data", test, provenance.testSha256()));
    }
    int threads = row.<Integer>getAs(TrialsTable.THREADS);
    if (threads != this.threads) {
      differences.add(
          "threads of a task found: %d, expected: %d, as %s says"
              .formatted(threads, this.threads, Cores.SETTING));
    }
    if (!differences.isEmpty()) {
      throw new OutputException(
          "%s holds trials of another experiment: %s; choose another eigensweep.output or delete the folder"
              .formatted(output, String.join("; ", differences)));
    }
  }

  /** Whether {@link #kept} has something to read. */
  public boolean keeps(Trunk trunk) {
    return trunks.has(trunk);
  }

  /** A trunk that an earlier run finished, though not all of its trials. */
  public Optional<Completed<TrunkOutcome>> kept(Trunk trunk) {
    return trunks.read(trunk);
  }

  /** Folder for vectors of a trunk that are too large for the file in which it is kept. */
  public String snapshots(Trunk trunk) {
    return trunks.snapshots(trunk).toString();
  }

  /**
   * Keeps a trunk for a later run.
   *
   * @throws OutputException if another driver has taken the folder
   */
  public void keep(Completed<TrunkOutcome> trunk) {
    lock.check();
    trunks.write(trunk);
  }

  /** No trial needs this trunk any more. */
  public void release(Trunk trunk) {
    trunks.delete(trunk);
  }

  /**
   * Writes all rows of a trial, after which it counts as finished.
   *
   * @throws OutputException if another driver has taken the folder
   * @throws IOException if it cannot be said for certain what was written
   */
  public TrialSummary write(TrialOutcome outcome, String host, int threads) throws IOException {
    lock.check();
    TrialSummary summary = outcome.summary();
    String trial = summary.trial();
    StepsTable.TABLE.write(spark, output, trial, StepsTable.rows(outcome));
    EigenvaluesTable.TABLE.write(spark, output, trial, EigenvaluesTable.rows(outcome));
    TrialsTable.Entry entry =
        new TrialsTable.Entry(summary, provenance, host, threads, Instant.now());
    TrialsTable.TABLE.write(spark, output, trial, List.of(entry));
    seals.write(trial);
    return summary;
  }

  /** Leaves the folder to other drivers. */
  @Override
  public void close() {
    trunks.tidy();
    lock.close();
  }
}
