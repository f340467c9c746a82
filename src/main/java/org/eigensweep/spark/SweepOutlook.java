package org.eigensweep.spark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.eigensweep.array.Accelerator;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.spark.output.EarlierTrials;
import org.eigensweep.spark.output.Results;
import org.eigensweep.spark.session.Session;
import org.eigensweep.spark.table.Provenance;
import org.eigensweep.spark.task.Cores;
import org.eigensweep.spark.task.GpuRequest;
import org.eigensweep.spark.task.TaskRoom;

/**
 * What a run would find and have. Spark is not started, and nothing is written.
 *
 * @param work what is left to run
 * @param threads cores of a task
 * @param local how tasks would share this machine; empty where they run on a cluster
 * @param room memory of tasks
 * @param kept what the tasks keep of their passes, where there are passes
 */
public record SweepOutlook(
    List<PendingTrunk> work,
    int threads,
    Optional<Cores> local,
    TaskRoom room,
    Optional<KeptActivations> kept) {
  /**
   * Looks around, and refuses what {@link SweepJob} would refuse before Spark starts.
   *
   * @param provenance as {@link SweepJob#run} takes it
   * @throws org.eigensweep.spark.failure.OutputException if the folder cannot be used
   * @throws org.eigensweep.spark.session.MasterException if a cluster does not answer
   * @throws org.eigensweep.spark.task.GpuException if trials cannot have the GPUs that are asked
   *     for
   */
  public static SweepOutlook of(
      Sweep sweep, SweepProblem problem, String output, Map<String, String> provenance) {
    SparkConf settings = Session.settings(sweep.name());
    GpuRequest.check(settings, Accelerator.backEnds());
    Session.requireMaster();
    Configuration hadoop = Session.fileSystems();
    EarlierTrials found =
        Results.look(sweep, problem, Provenance.of(sweep, problem, provenance), output, hadoop);
    List<PendingTrunk> work = PendingTrunk.remaining(sweep, found.finished().keySet());
    Optional<Cores> local = Cores.expected(settings, Math.max(1, work.size()));
    int here = local.map(Cores::partsInFlight).orElse(0);
    return new SweepOutlook(
        work,
        Cores.threads(settings),
        local,
        TaskRoom.of(settings, here),
        KeptActivations.of(sweep, problem, settings, here));
  }

  /** Trunks and branches of this machine that run at once; 1 where tasks run on a cluster. */
  public int tasksHere() {
    return local.map(Cores::partsInFlight).orElse(1);
  }
}
