package org.eigensweep.spark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.eigensweep.array.Devices;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.spark.output.EarlierTrials;
import org.eigensweep.spark.output.Results;
import org.eigensweep.spark.session.Session;
import org.eigensweep.spark.table.Provenance;
import org.eigensweep.spark.task.Cores;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.spark.task.GpuRequest;
import org.eigensweep.spark.task.TaskDevice;
import org.eigensweep.spark.task.TaskRoom;

/**
 * What a run would find and have. Spark is not started, and nothing is written.
 *
 * @param work what is left to run
 * @param threads cores of a task
 * @param local how tasks would share this machine; empty where they run on a cluster
 * @param room memory of tasks
 * @param kept what the tasks keep of their passes, where there are passes
 * @param devices on what this machine computes
 */
public record SweepOutlook(
    List<PendingTrunk> work,
    int threads,
    Optional<Cores> local,
    TaskRoom room,
    Optional<KeptActivations> kept,
    Devices devices) {
  /**
   * Looks around, and refuses what {@link SweepJob} would refuse before Spark starts.
   *
   * @param device on what tasks shall compute
   * @param provenance as {@link SweepJob#run} takes it
   * @throws org.eigensweep.spark.failure.OutputException if the folder cannot be used
   * @throws org.eigensweep.spark.session.MasterException if a cluster does not answer
   * @throws org.eigensweep.spark.task.GpuException if trials cannot have the GPUs that are asked
   *     for
   */
  public static SweepOutlook of(
      Sweep sweep,
      SweepProblem problem,
      DeviceChoice device,
      String output,
      Map<String, String> provenance) {
    SparkConf settings = Session.settings(sweep.name());
    GpuRequest.check(settings, device);
    Session.requireMaster();
    Configuration hadoop = Session.fileSystems();
    EarlierTrials found =
        Results.look(sweep, problem, Provenance.of(sweep, problem, provenance), output, hadoop);
    List<PendingTrunk> work = PendingTrunk.remaining(sweep, found.finished().keySet());
    Optional<Cores> local = Cores.expected(settings, Math.max(1, work.size()));
    int here = local.map(Cores::partsInFlight).orElse(0);
    Devices devices = TaskDevice.here(device, settings);
    return new SweepOutlook(
        work,
        Cores.threads(settings),
        local,
        room(settings, devices, here),
        KeptActivations.of(sweep, problem, settings, device, here),
        devices);
  }

  private static TaskRoom room(SparkConf settings, Devices devices, int tasks) {
    return devices.memory().isPresent()
        ? TaskRoom.ofGpu(devices.memory().getAsLong(), tasks)
        : TaskRoom.of(settings, tasks);
  }

  /** Trunks and branches of this machine that run at once; 1 where tasks run on a cluster. */
  public int tasksHere() {
    return local.map(Cores::partsInFlight).orElse(1);
  }
}
