package org.eigensweep.experiment.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eigensweep.array.Devices;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Setting;
import org.eigensweep.experiment.sweep.Sweep;

/** Walks the first steps of a sweep's trials, on as many threads as tasks will run at once. */
public final class Probe {
  /**
   * Products of a step that watches the alignment, taken where too few steps can be made to see.
   */
  public static final int PRODUCTS_OF_ALIGNMENT = 4;

  /** Products of a step that projects, taken there too. */
  public static final int PRODUCTS_OF_UPDATE = 8;

  /** So many times as long as was asked for may a probe take. */
  private static final int LONGEST = 4;

  private Probe() {}

  /**
   * Walks for some seconds, or for three steps of each kind of part where they take longer. Where
   * these would take several times as long, it times one piece of each kind instead.
   *
   * @param devices on what tasks compute
   * @param threads cores of each task, at least 1
   * @param tasks how many run at once, at least 1: they share caches and memory
   * @return what was seen; empty if training diverged before there was enough of it
   */
  public static Optional<Probed> of(
      Sweep sweep, Problem problem, Devices devices, int threads, int tasks, double seconds) {
    int walks = sweep.batchSizes().size() + sweep.branches().size();
    Pieces pieces = Pieces.of(sweep, problem, devices, threads);
    if (pieces.walks(walks, sweep.protocol().following().eigenspace().pairs())
        > LONGEST * seconds) {
      return Optional.of(pieces.probed(sweep));
    }
    double row = pieces.evaluation();
    ExecutorService pool = Executors.newFixedThreadPool(tasks);
    try {
      List<Future<Optional<Probed>>> running = new ArrayList<>();
      for (int task = 0; task < tasks; task++) {
        running.add(
            pool.submit(() -> new ProbeRun(sweep, problem, devices, threads, seconds, row).walk()));
      }
      List<Probed> seen = new ArrayList<>();
      for (Future<Optional<Probed>> one : running) {
        one.get().ifPresent(seen::add);
      }
      return seen.isEmpty() ? Optional.empty() : Optional.of(mean(seen));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it probed", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static Probed mean(List<Probed> seen) {
    Map<Setting<Batches>, PartCost> trunks = new LinkedHashMap<>();
    for (Setting<Batches> batches : seen.get(0).trunks().keySet()) {
      trunks.put(batches, PartCost.mean(seen.stream().map(p -> p.trunk(batches)).toList()));
    }
    Map<String, PartCost> branches = new LinkedHashMap<>();
    for (String name : seen.get(0).branches().keySet()) {
      branches.put(name, PartCost.mean(seen.stream().map(p -> p.branches().get(name)).toList()));
    }
    return new Probed(
        Collections.unmodifiableMap(trunks), // in order
        Collections.unmodifiableMap(branches),
        seen.stream().mapToLong(Probed::bytes).max().orElseThrow(),
        seen.stream().mapToInt(Probed::steps).sum());
  }
}
