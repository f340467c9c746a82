package org.eigensweep.spark;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.array.WorkingSizes;
import org.eigensweep.data.Dataset;
import org.eigensweep.experiment.probe.TrialVectors;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.spark.session.Session;
import org.eigensweep.spark.task.Cores;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.spark.task.GpuRequest;
import org.eigensweep.spark.task.ProcessMemory;
import org.eigensweep.spark.task.TaskDevice;
import org.eigensweep.spark.task.TaskRoom;

/**
 * What a task keeps of a pass through the training set for the products at the same parameters.
 * Where the settings do not say it, it is what the process leaves a task beside all that the trial
 * holds else. Trials have the same numbers whatever it is: a chunk that passes again has the bits
 * that were not kept.
 *
 * @param limit bytes that activations may take
 * @param ofExample bytes that those of an example take at most
 * @param together examples of a chunk, of which all are kept or none
 * @param all examples there are
 */
public record KeptActivations(long limit, long ofExample, long together, int all) {
  /**
   * The share of a task's room that is counted on. The rest is for storage that a device keeps at
   * hand between two uses, and for what the JVM itself takes outside its heap.
   */
  private static final double SHARE = 0.75;

  /** Where nobody says how many tasks share an executor. */
  private static final long UNSURE = 1L << 30;

  /** As {@link PassSettings} has them: what stays of a pass, and what passes for a while. */
  private static final int OF_AN_OUTPUT = 4;

  private static final int OF_A_CHUNK = 6;
  private static final int OF_A_TANGENT = 2;
  private static final double MEBIBYTE = 1 << 20;

  /**
   * For the trials of a sweep.
   *
   * @param problem the sweep's; one that is no network passes no examples
   * @param settings Spark's
   * @param device on what tasks compute
   * @param tasks that run at once in this process in local mode; 0 where executors run them
   */
  static Optional<KeptActivations> of(
      Sweep sweep, SweepProblem problem, SparkConf settings, DeviceChoice device, int tasks) {
    if (!(problem instanceof NetworkProblem network)) {
      return Optional.empty();
    }
    Devices devices = TaskDevice.here(device, settings);
    WorkingSizes sizes = devices.sizes();
    long room = room(settings, devices, tasks);
    return Optional.of(of(sweep, network, sizes, room, Cores.threads(settings)));
  }

  /** Bytes of a task, of which it may take a share. */
  private static long room(SparkConf settings, Devices devices, int tasks) {
    if (GpuRequest.isMade(settings)) {
      return UNSURE; // a GPU's memory is seen where it is
    }
    if (devices.memory().isPresent()) {
      return devices.memory().getAsLong() / Math.max(1, tasks);
    }
    TaskRoom room = TaskRoom.of(settings, tasks);
    if (tasks > 0) {
      return room.ofOne(ProcessMemory.ofMachine());
    }
    // A standalone worker gives an executor all its cores unless this is set.
    boolean standalone = settings.get("spark.master", "").startsWith("spark://");
    boolean unsure = standalone && !settings.contains("spark.executor.cores");
    return room.ofOne(unsure ? UNSURE : Long.MAX_VALUE);
  }

  /**
   * For the trials of a sweep.
   *
   * @param sizes of the devices
   * @param room bytes that a task has for its arrays
   * @param threads of a task
   */
  static KeptActivations of(
      Sweep sweep, NetworkProblem problem, WorkingSizes sizes, long room, int threads) {
    PassSettings passes = problem.settings().passes().on(sizes);
    Precision precision = problem.precision();
    long outputs = problem.network().activations() * precision.bytes();
    long together = problem.network().chunks(problem.examples(), passes, precision).size();
    long limit = passes.keptBytes();
    if (passes.keepsWhatFits()) {
      int pairs = sweep.protocol().following().eigenspace().pairs();
      long others =
          TrialVectors.bytes(sweep, precision)
              + TrialVectors.bytesOfEarlierSpaces(sweep, precision)
              + bytes(problem.data().train(), precision)
              + bytes(problem.data().test(), precision)
              + threads * ofAThread(problem, passes, together * outputs, pairs + 1);
      limit = Math.max(0, (long) (SHARE * room) - others);
    }
    return new KeptActivations(limit, OF_AN_OUTPUT * outputs, together, problem.examples());
  }

  /**
   * The passes of one computation in this process, where there is no sweep.
   *
   * @param passes as the settings have them
   * @param devices on what it computes
   * @param others bytes that it holds beside what passes
   */
  public static PassSettings alone(PassSettings passes, Devices devices, long others) {
    if (!passes.keepsWhatFits()) {
      return passes;
    }
    long room = room(Session.settings("alone"), devices, 1);
    return passes.keeping(Math.max(0, (long) (SHARE * room) - others));
  }

  private static long bytes(Dataset data, Precision precision) {
    return (long) data.examples() * data.features() * precision.bytes();
  }

  /** What passes on one thread for a while, beside what is kept: a chunk, and its sums. */
  private static long ofAThread(
      NetworkProblem problem, PassSettings passes, long chunk, int tangents) {
    long ofTangents = Math.max(chunk, tangents * Math.min(chunk, passes.chunkBytes()));
    long sums = (long) tangents * problem.network().parameters() * problem.precision().bytes();
    return OF_A_CHUNK * chunk + OF_A_TANGENT * ofTangents + sums;
  }

  /** The same problem with passes that keep so much, where it is one of a network. */
  public static SweepProblem applyTo(SweepProblem problem, Optional<KeptActivations> kept) {
    return problem instanceof NetworkProblem network && kept.isPresent()
        ? network.keeping(kept.get().limit())
        : problem;
  }

  /** Bytes that are taken at most. */
  long bytes() {
    return Math.min(limit, all * ofExample);
  }

  /** Examples that are kept at least. */
  long examples() {
    long fit = limit / ofExample;
    return fit >= all ? all : fit / together * together;
  }

  /** One line for the log of a run and for {@code plan}. */
  public String line() {
    String kept =
        examples() == all
            ? "keeps all %,d examples' activations".formatted(all)
            : "keeps at least %,d of %,d examples' activations".formatted(examples(), all);
    String again = examples() == all ? "" : "; the rest pass again for each block of products";
    return "a task %s between products, in up to %,.0f MiB%s"
        .formatted(kept, bytes() / MEBIBYTE, again);
  }
}
