package org.eigensweep.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Transpose;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;

/**
 * Gradients, products, blocks and mini-batch steps of the three networks in float32 beside the
 * machine's own speed of a matrix product, with one thread and with two. Wall times in milliseconds
 * are medians; processor times say what a busy machine would have taken alone.
 */
public final class MachineLimit {
  private static final int BATCH = 50;

  private MachineLimit() {}

  /**
   * Runs.
   *
   * @param arguments repetitions, then names of networks; none for all
   */
  public static void main(String[] arguments) {
    int repetitions = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
    long chunk = Long.getLong("chunk", 16L << 20);
    System.out.printf("%-34s %10s %10s%n", "", "ms", "cpu ms");
    for (int threads : new int[] {1, 2}) {
      sgemm(threads, repetitions);
      for (ThreeNetworks network : ThreeNetworks.values()) {
        if (arguments.length < 2
            || Arrays.asList(arguments).contains(network.name().toLowerCase())) {
          time(network, threads, repetitions, chunk);
        }
      }
    }
    System.out.printf(
        "load %.1f%n", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static void sgemm(int threads, int repetitions) {
    try (Device device = Devices.open(Precision.FLOAT32, threads);
        Scope scope = device.open()) {
      Matrix a = scope.zeros(2048, 2048);
      Matrix b = scope.zeros(2048, 2048);
      Matrix c = scope.zeros(2048, 2048);
      report(
          "sgemm 2048^3 a thread, " + threads,
          repetitions,
          () ->
              device.inOrder(
                  threads,
                  (i, turn) -> {
                    Matrix part = c.columns(i * 2048 / threads, 2048 / threads);
                    Matrix right = b.columns(i * 2048 / threads, 2048 / threads);
                    device.gemm(Transpose.NO, Transpose.NO, 1, a, right, 0, part);
                  }));
    }
  }

  private static void time(ThreeNetworks which, int threads, int repetitions, long chunk) {
    Dataset data = which.data();
    Network network = which.network(data);
    try (Device device = Devices.open(Precision.FLOAT32, threads);
        Scope scope = device.open();
        Objective objective =
            network.objective(device, data, new PassSettings(chunk, 2L << 30, 1000))) {
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(0)));
      String name = which + ", " + threads + ": ";
      report(name + "gradient", repetitions, () -> objective.linearize(theta).close());
      try (Linearization here = objective.linearize(theta)) {
        for (int m : new int[] {1, 4, 10}) {
          Matrix block = scope.matrix(theta.rows(), m);
          block.write(new SplittableRandom(1).doubles(block.size(), -1, 1).toArray());
          Matrix product = scope.matrix(theta.rows(), m);
          report(name + "block of " + m, repetitions, () -> here.hessianProduct(block, product));
        }
      }
      Matrix gradient = scope.matrix(theta.rows(), 1);
      int[] batch = new SplittableRandom(4).ints(BATCH, 0, which.examples()).toArray();
      report(
          name + "step of 50",
          20 * repetitions,
          () -> {
            objective.minibatchGradient(theta, batch, gradient);
            device.axpy(-1e-6, gradient, theta);
          });
    }
  }

  private static void report(String what, int repetitions, Runnable work) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double[] wall = new double[repetitions];
    double[] cpu = new double[repetitions];
    work.run();
    work.run();
    for (int i = 0; i < repetitions; i++) {
      long cpuStart = system.getProcessCpuTime();
      long start = System.nanoTime();
      work.run();
      wall[i] = (System.nanoTime() - start) / 1e6;
      cpu[i] = (system.getProcessCpuTime() - cpuStart) / 1e6;
    }
    Arrays.sort(wall);
    Arrays.sort(cpu);
    System.out.printf("%-34s %10.2f %10.2f%n", what, wall[repetitions / 2], cpu[repetitions / 2]);
  }
}
