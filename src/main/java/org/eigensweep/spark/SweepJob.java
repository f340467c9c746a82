package org.eigensweep.spark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.LastWords;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.failure.SweepException;
import org.eigensweep.spark.output.Checkpoints;
import org.eigensweep.spark.output.EarlierTrials;
import org.eigensweep.spark.output.Results;
import org.eigensweep.spark.progress.Gauge;
import org.eigensweep.spark.progress.Progress;
import org.eigensweep.spark.progress.ProgressFeed;
import org.eigensweep.spark.run.Placement;
import org.eigensweep.spark.run.Runs;
import org.eigensweep.spark.run.Segments;
import org.eigensweep.spark.run.SweepRunner;
import org.eigensweep.spark.session.MasterException;
import org.eigensweep.spark.session.Session;
import org.eigensweep.spark.table.Provenance;
import org.eigensweep.spark.task.Cores;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.spark.task.GpuException;
import org.eigensweep.spark.task.GpuRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the trunks and branches of a sweep on Spark, and leaves the Parquet tables {@code trials},
 * {@code steps} and {@code eigenvalues}, each with a file a trial.
 */
public final class SweepJob {
  private static final Logger LOG = LoggerFactory.getLogger(SweepJob.class);

  private final Sweep sweep;
  private final SweepProblem problem;
  private final String output;
  private final Duration checkpoints;
  private final PrintStream console;
  private final DeviceChoice device;
  private final Runs.Opener opener;
  private final Gauge.Opener gauges;

  private SweepJob(
      Sweep sweep,
      SweepProblem problem,
      String output,
      Duration checkpoints,
      PrintStream console,
      DeviceChoice device,
      Runs.Opener opener,
      Gauge.Opener gauges) {
    this.sweep = sweep;
    this.problem = problem;
    this.output = output;
    this.checkpoints = checkpoints;
    this.console = console;
    this.device = device;
    this.opener = opener;
    this.gauges = gauges;
  }

  /**
   * Runs all trials that are not yet in the output folder, or whose files there are not as they
   * were written. A diverged trial is a row like others. A running Spark session is used and left
   * running, otherwise one is started and stopped.
   *
   * @param sweep the trials
   * @param problem what they train: the sweep's, loaded
   * @param placement where trials run
   * @param output folder of the tables, a Hadoop path
   * @param checkpoints time from one checkpoint of a trunk or a branch to the next
   * @param provenance {@code settings}: the resolved settings as JSON, which a later run into the
   *     same folder may differ from; optionally {@code version} and {@code commit} of the program
   * @param console where progress is shown, as a bar if it is a terminal
   * @return all trials of the sweep, those read back from the folder included
   * @throws OutputException before Spark starts if the folder cannot be used, is in use by another
   *     driver, holds files that no sweep has written, or tables of another version
   * @throws MasterException before Spark starts if its cluster does not answer
   * @throws GpuException before Spark starts if its settings ask for GPUs that trials cannot have
   * @throws SweepException after all other trials if some failed
   * @throws IllegalArgumentException if {@code provenance} has other keys
   */
  public static SweepReport run(
      Sweep sweep,
      SweepProblem problem,
      Placement placement,
      String output,
      Duration checkpoints,
      Map<String, String> provenance,
      PrintStream console) {
    return new SweepJob(
            sweep,
            problem,
            output,
            checkpoints,
            console,
            placement.device(),
            Runs.of(placement),
            Gauge::on)
        .run(Provenance.of(sweep, problem, provenance));
  }

  static SweepReport run(
      Sweep sweep,
      SweepProblem problem,
      String output,
      Duration checkpoints,
      Map<String, String> provenance,
      PrintStream console,
      Runs.Opener opener) {
    return run(sweep, problem, output, checkpoints, provenance, console, opener, Gauge::on);
  }

  static SweepReport run(
      Sweep sweep,
      SweepProblem problem,
      String output,
      Duration checkpoints,
      Map<String, String> provenance,
      PrintStream console,
      Runs.Opener opener,
      Gauge.Opener gauges) {
    DeviceChoice device = DeviceChoice.CPU; // whatever the opener's runners compute on
    return new SweepJob(sweep, problem, output, checkpoints, console, device, opener, gauges)
        .run(Provenance.of(sweep, problem, provenance));
  }

  private SweepReport run(Provenance provenance) {
    long start = System.nanoTime();
    SparkConf settings = Session.settings(sweep.name());
    GpuRequest.check(settings, device);
    Session.requireMaster();
    Configuration hadoop = Session.fileSystems();
    try (Results results = Results.open(sweep, problem, provenance, output, hadoop)) {
      EarlierTrials found = results.find();
      found.others().ifPresent(console::println);
      found.damaged().forEach(this::announceDamage);
      Map<String, TrialSummary> finished = new HashMap<>(found.finished());
      List<PendingTrunk> work = PendingTrunk.remaining(sweep, finished.keySet());
      announce(results.checkpoints(), work);
      release(results.checkpoints(), work);
      if (!work.isEmpty()) {
        finished.putAll(run(results, work));
      }
      List<TrialSummary> trials =
          sweep.trials().stream().map(trial -> finished.get(trial.id())).toList();
      return new SweepReport(trials, output, (System.nanoTime() - start) / 1e9);
    }
  }

  /** A driver that was killed may have left trunks and branches that are not needed any more. */
  private void release(Checkpoints kept, List<PendingTrunk> work) {
    Set<String> trunks = work.stream().map(w -> w.trunk().id()).collect(Collectors.toSet());
    Set<Trial> trials = work.stream().flatMap(w -> w.trials().stream()).collect(Collectors.toSet());
    kept.releaseAll(
        sweep.trunks().stream().filter(trunk -> !trunks.contains(trunk.id())).toList(),
        sweep.trials().stream().filter(trial -> !trials.contains(trial)).toList());
  }

  private void announceDamage(String trial, String flaw) {
    console.println("%s runs again: in %s, %s".formatted(trial, output, flaw));
  }

  private void announce(Checkpoints kept, List<PendingTrunk> work) {
    int all = sweep.trials().size();
    int remaining = work.stream().mapToInt(w -> w.trials().size()).sum();
    if (remaining < all) {
      console.println(
          "%d of %d trials were finished in %s and are read back"
              .formatted(all - remaining, all, output));
    }
    long trunks = work.stream().filter(w -> kept.has(w.trunk())).count();
    long branches = work.stream().flatMap(w -> w.trials().stream()).filter(kept::has).count();
    if (trunks + branches > 0) {
      console.println(
          "%d of %d trunks and %d of %d branches go on from their checkpoints in %s"
              .formatted(trunks, sweep.trunks().size(), branches, all, output));
    }
  }

  private void announceStart(SparkContext context, List<PendingTrunk> work) {
    String ui = context.uiWebUrl().isDefined() ? ", Spark UI " + context.uiWebUrl().get() : "";
    int trials = work.stream().mapToInt(w -> w.trials().size()).sum();
    console.println(
        "running %d %s on %d %s, Spark %s%s"
            .formatted(
                trials,
                trials == 1 ? "trial" : "trials",
                work.size(),
                work.size() == 1 ? "trunk" : "trunks",
                context.master(),
                ui));
  }

  /** The problem as tasks get it, and a line for the log of what they keep of it. */
  private SweepProblem keeping(SparkContext context, List<PendingTrunk> work) {
    int here = context.isLocal() ? Cores.of(context, work.size()).partsInFlight() : 0;
    var kept = KeptActivations.of(sweep, problem, context.getConf(), device, here);
    kept.ifPresent(it -> LOG.info(it.line()));
    return KeptActivations.applyTo(problem, kept);
  }

  private String leftover(Progress progress, List<PendingTrunk> work, Checkpoints kept) {
    int finished = progress.stop();
    return Leftover.of(sweep.trials().size(), finished, work, kept, output).words();
  }

  /** Spark starts when it is known that something is left to run. */
  private Map<String, TrialSummary> run(Results results, List<PendingTrunk> work) {
    try (Session session = Session.open(sweep.name())) {
      announceStart(session.context(), work);
      return run(session.context(), results, work);
    }
  }

  private Map<String, TrialSummary> run(
      SparkContext context, Results results, List<PendingTrunk> work) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context);
    Failures failures = new Failures();
    Map<String, TrialSummary> finished;
    try (Gauge gauge = gauges.on(console)) {
      Progress progress = new Progress(sweep, work, gauge, System::nanoTime);
      Segments segments = new Segments(results.checkpoints(), checkpoints);
      ProgressFeed feed = ProgressFeed.open(context, progress);
      LastWords words = LastWords.leave(() -> leftover(progress, work, results.checkpoints()));
      try (Runs runs =
              opener.open(
                  spark, sweep.protocol(), keeping(context, work), work, progress, segments);
          SweepRunner runner = new SweepRunner(runs, results, segments, progress, failures)) {
        finished = runner.runAll(work);
      } finally {
        words.close();
        feed.close();
      }
    }
    failures.check(sweep.trials().size(), output);
    return finished;
  }
}
