package org.eigensweep.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Transpose;
import org.eigensweep.array.cuda.Cuda;
import org.eigensweep.array.cuda.CudaDevices;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;

/**
 * The networks of the paper in float32 beside the machine's own speed of a matrix product, and but
 * for VGG-11 beside PyTorch where Debian's {@code python3} has it: gradients, gradients with
 * products at the same point, and mini-batch steps. Medians in milliseconds, with one thread and
 * with two, and on a GPU where there is one.
 */
public final class MachineLimit {
  private static final int BATCH = 50;
  private static final int SIZE = 2048;

  /** Medians by network and work. */
  private final Map<String, Double> times = new LinkedHashMap<>();

  private final Devices devices;
  private final int threads;
  private final int repetitions;

  private MachineLimit(Devices devices, int threads, int repetitions) {
    this.devices = devices;
    this.threads = threads;
    this.repetitions = repetitions;
  }

  /**
   * Measures, and prints a table.
   *
   * @param arguments the number of repetitions
   */
  public static void main(String[] arguments) throws IOException {
    int repetitions = Integer.parseInt(arguments[0]);
    Devices processor = Devices.processor();
    double speed = gemmSpeed(processor, SIZE, 2, 10 * repetitions);
    Map<String, Double> one = new MachineLimit(processor, 1, repetitions).all();
    Map<String, Double> two = new MachineLimit(processor, 2, repetitions).all();
    Map<String, Double> torch = PyTorch.medians(2, repetitions, "mlp,cnn,transformer");
    System.out.printf("sgemm on two threads: %.0f GFLOP/s%n", speed);
    System.out.printf(
        "%-30s %9s %9s %6s %9s %9s %6s%n",
        "milliseconds", "1 thread", "2", "ratio", "of sgemm", "PyTorch", "ratio");
    two.forEach(
        (what, time) -> {
          double work = work(what);
          String share = work == 0 ? "" : "%.0f %%".formatted(100 * work / speed / time * 1e3);
          String other = torch.containsKey(what) ? "%.2f".formatted(torch.get(what)) : "";
          String ratio = torch.containsKey(what) ? "%.2f".formatted(torch.get(what) / time) : "";
          System.out.printf(
              "%-30s %9.2f %9.2f %6.2f %9s %9s %6s%n",
              what, one.get(what), time, one.get(what) / time, share, other, ratio);
        });
    System.out.printf(
        "load %.1f%n", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    Cuda.Found found = Cuda.found();
    if (found.serves()) {
      card(new CudaDevices(found.cards().get(0)), two, repetitions);
    }
  }

  /** The same on a card, beside the processor. */
  private static void card(CudaDevices card, Map<String, Double> processor, int repetitions) {
    double speed = gemmSpeed(card, 4 * SIZE, 1, 2 * repetitions);
    System.out.printf("%n%s%nsgemm: %.0f GFLOP/s%n", card.card(), speed);
    new MachineLimit(card, 1, repetitions)
        .all()
        .forEach(
            (what, time) ->
                System.out.printf(
                    "%-30s %9.3f %6.1f times as fast as 2 threads, %.0f %% of sgemm%n",
                    what, time, processor.get(what) / time, 100 * work(what) / speed / time * 1e3));
  }

  /** GFLOP of a work; 0 for a step. */
  private static double work(String what) {
    for (PaperNetwork network : PaperNetwork.values()) {
      String name = name(network);
      if (what.equals(name + " gradient")) {
        return network.gradient();
      }
      if (what.startsWith(name + " gradient and ")) {
        int products = Integer.parseInt(what.substring((name + " gradient and ").length()));
        return network.gradient() + products * network.product();
      }
    }
    return 0;
  }

  private static String name(PaperNetwork network) {
    return network.name().toLowerCase(Locale.ROOT);
  }

  /** GFLOP/s of a product of square matrices. */
  private static double gemmSpeed(Devices devices, int size, int threads, int repetitions) {
    try (Device device = devices.open(Precision.FLOAT32, threads);
        Scope scope = device.open()) {
      Matrix left = scope.zeros(size, size);
      Matrix right = scope.zeros(size, size);
      Matrix out = scope.zeros(size, size);
      int columns = size / threads;
      double milliseconds =
          median(
              repetitions,
              () -> {
                device.inOrder(
                    threads,
                    (i, turn) -> {
                      Matrix mine = out.columns(i * columns, columns);
                      Matrix factor = right.columns(i * columns, columns);
                      device.gemm(Transpose.NO, Transpose.NO, 1, left, factor, 0, mine);
                    });
                await(out);
              });
      return 2e-6 * size * size * size / milliseconds;
    }
  }

  /** A device may return before it is done; a number that is read waits. */
  private static void await(Matrix matrix) {
    matrix.view(0, 1, 1).toHost();
  }

  private Map<String, Double> all() {
    for (PaperNetwork network : PaperNetwork.values()) {
      measure(network);
    }
    return times;
  }

  private void measure(PaperNetwork which) {
    Dataset data = which.data();
    Network network = which.network(data);
    PassSettings passes =
        new PassSettings(Long.getLong("chunk", devices.sizes().chunk()), 2L << 30, 1000);
    try (Device device = devices.open(Precision.FLOAT32, threads);
        Scope scope = device.open();
        Objective objective = network.objective(device, data, passes)) {
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(0)));
      put(
          which,
          "gradient",
          repetitions,
          () -> {
            try (Linearization here = objective.linearize(theta)) {
              await(here.gradient());
            }
          });
      for (int m : new int[] {1, 10}) {
        Matrix block = scope.matrix(theta.rows(), m);
        block.write(new SplittableRandom(1).doubles(block.size(), -1, 1).toArray());
        Matrix product = scope.matrix(theta.rows(), m);
        put(
            which,
            "gradient and " + m,
            repetitions,
            () -> {
              try (Linearization here = objective.linearize(theta)) {
                here.hessianProduct(block, product);
              }
              await(product);
            });
      }
      step(which, objective, theta);
    }
  }

  private void step(PaperNetwork which, Objective objective, Matrix theta) {
    SplittableRandom random = new SplittableRandom(4);
    try (Scope scope = theta.device().open()) {
      Matrix gradient = scope.matrix(theta.rows(), 1);
      put(
          which,
          "step of " + BATCH,
          20 * repetitions,
          () -> {
            int[] batch = random.ints(BATCH, 0, which.examples()).toArray();
            objective.minibatchGradient(theta, batch, gradient);
            theta.device().axpy(-1e-6, gradient, theta);
            await(theta);
          });
    }
  }

  private void put(PaperNetwork network, String what, int times, Runnable work) {
    this.times.put(name(network) + " " + what, median(times, work));
  }

  private static double median(int repetitions, Runnable work) {
    double[] wall = new double[repetitions];
    work.run();
    work.run();
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      work.run();
      wall[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(wall);
    return wall[repetitions / 2];
  }
}
