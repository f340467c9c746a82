package org.eigensweep.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Transpose;
import org.eigensweep.array.cuda.Cuda;
import org.eigensweep.array.cuda.CudaDevices;
import org.eigensweep.data.Dataset;

/**
 * The networks of the paper in float32 beside the machine's own speed of a matrix product, and but
 * for VGG-11 beside PyTorch where Debian's {@code python3} has it. Medians in milliseconds with one
 * thread and with two, and on a GPU where there is one, all of them in turn, so that what slows the
 * machine for a while slows all. The argument is the number of turns, and after commas the
 * networks, all of them unless some are named: "5" or "5,cnn".
 */
public final class MachineLimit {
  private static final int SIZE = 2048;
  private static final int STEPS_A_TURN = 20;

  private final int turns;
  private final double speed;
  private final List<CudaDevices> cards;
  private final double speedOfCard;

  private MachineLimit(int turns, List<CudaDevices> cards) {
    this.turns = turns;
    this.speed = gemmSpeed(Devices.processor(), SIZE, 2);
    this.cards = cards;
    this.speedOfCard = cards.isEmpty() ? 0 : gemmSpeed(cards.get(0), 4 * SIZE, 1);
  }

  /** Measures, and prints a table. */
  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments[0].toUpperCase(Locale.ROOT).split(",", -1));
    Cuda.Found found = Cuda.found();
    List<CudaDevices> cards =
        found.serves() ? List.of(new CudaDevices(found.cards().get(0))) : List.of();
    MachineLimit limit = new MachineLimit(Integer.parseInt(words.get(0)), cards);
    limit.head();
    for (PaperNetwork network : PaperNetwork.values()) {
      if (words.size() == 1 || words.contains(network.name())) {
        limit.measure(network);
      }
    }
  }

  private void head() {
    System.out.printf(
        "sgemm: %.0f GFLOP/s on one thread, %.0f on two%n",
        gemmSpeed(Devices.processor(), SIZE, 1), speed);
    cards.forEach(card -> System.out.printf("%s: %.0f GFLOP/s%n", card.card(), speedOfCard));
    System.out.printf(
        "%-28s %9s %9s %6s %9s %9s %6s",
        "milliseconds", "1 thread", "2", "ratio", "of sgemm", "PyTorch", "ratio");
    System.out.println(cards.isEmpty() ? "" : "      card  ratio  of sgemm");
  }

  private void measure(PaperNetwork network) throws IOException {
    Dataset data = network.data();
    List<Works> seats = new ArrayList<>();
    seats.add(new Works(network, data, Devices.processor(), 1));
    seats.add(new Works(network, data, Devices.processor(), 2));
    cards.forEach(card -> seats.add(new Works(network, data, card, 1)));
    String name = network.name().toLowerCase(Locale.ROOT);
    Map<String, Double> torch = PyTorch.medians(2, turns, name);
    for (String work : seats.get(0).all().keySet()) {
      double[] times = inTurn(seats.stream().map(seat -> seat.all().get(work)).toList(), work);
      print(name + " " + work, Works.gigaflop(network, work), times, torch);
    }
    seats.forEach(Works::close);
    System.out.printf(
        "load %.1f%n", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private void print(String what, double work, double[] times, Map<String, Double> torch) {
    Double other = torch.get(what);
    System.out.printf(
        "%-28s %9.2f %9.2f %6.2f %9s %9s %6s",
        what,
        times[0],
        times[1],
        times[0] / times[1],
        share(work, times[1], speed),
        other == null ? "" : "%.2f".formatted(other),
        other == null ? "" : "%.2f".formatted(other / times[1]));
    System.out.println(
        cards.isEmpty()
            ? ""
            : " %9.3f %6.1f %9s"
                .formatted(times[2], times[1] / times[2], share(work, times[2], speedOfCard)));
  }

  private static String share(double work, double milliseconds, double speed) {
    return work == 0 ? "" : "%.0f %%".formatted(1e5 * work / speed / milliseconds);
  }

  /** The median of each. */
  private double[] inTurn(List<Runnable> works, String work) {
    int times = work.startsWith("step") ? STEPS_A_TURN : 1;
    works.forEach(Runnable::run);
    double[][] all = new double[works.size()][turns * times];
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < works.size(); i++) {
        works.get(i).run(); // its memory is its own again
        for (int t = 0; t < times; t++) {
          all[i][turn * times + t] = milliseconds(works.get(i));
        }
      }
    }
    return Arrays.stream(all).mapToDouble(MachineLimit::median).toArray();
  }

  /** GFLOP/s of a product of square matrices. */
  private static double gemmSpeed(Devices devices, int size, int threads) {
    try (Device device = devices.open(Precision.FLOAT32, threads);
        Scope scope = device.open()) {
      Matrix left = scope.zeros(size, size);
      Matrix right = scope.zeros(size, size);
      Matrix out = scope.zeros(size, size);
      int columns = size / threads;
      Runnable product =
          () -> {
            device.inOrder(
                threads,
                (i, turn) -> {
                  Matrix mine = out.columns(i * columns, columns);
                  Matrix factor = right.columns(i * columns, columns);
                  device.gemm(Transpose.NO, Transpose.NO, 1, left, factor, 0, mine);
                });
            Works.await(out);
          };
      double[] times = new double[50];
      product.run();
      Arrays.setAll(times, i -> milliseconds(product));
      return 2e-6 * size * size * size / median(times);
    }
  }

  private static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }
}
