package org.eigensweep.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigensweep.array.Matrix;
import org.eigensweep.training.Optimizer;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.Step;

/**
 * What a step of each optimiser costs on the MLP of the paper, mini-batch of 50. All take steps in
 * turn, so that a busy machine is busy for all of them. Medians of the calling thread's own time
 * and their ratios to plain SGD are printed. With {@code -XX:ActiveProcessorCount=1} that thread
 * does everything, and what else runs on the machine hardly counts.
 */
public final class OptimizerStep {
  private static final int STEPS_A_TURN = 5;

  private final Bench bench = new Bench();
  private final Matrix update = bench.scope.matrix(bench.theta.rows(), 1);
  private final int[] examples = IntStream.range(0, 50).map(i -> 97 * i).toArray();

  private OptimizerStep() {}

  /** Measures some rounds; the argument is their number. */
  public static void main(String[] arguments) {
    new OptimizerStep().measure(Integer.parseInt(arguments[0]));
  }

  private void measure(int rounds) {
    List<OptimizerSettings> all =
        Stream.of("sgd", "heavy-ball", "nesterov", "rmsprop", "adam", "adamw")
            .map(OptimizerSettings::standard)
            .flatMap(settings -> Stream.of(settings, settings.withSam(0.05)))
            .toList();
    List<Optimizer> optimizers =
        all.stream().map(s -> s.open(bench.scope, bench.theta.rows())).toList();
    double[][] times = new double[all.size()][rounds];
    for (int round = -rounds / 4; round < rounds; round++) { // the first warm up
      for (int i = 0; i < all.size(); i++) {
        double time = turn(optimizers.get(i));
        if (round >= 0) {
          times[i][round] = time;
        }
      }
    }
    double unit = median(times[0]);
    for (int i = 0; i < all.size(); i++) {
      double median = median(times[i]);
      System.out.printf(
          Locale.ROOT,
          "%-70s %7.3f ms a step %7.3f times%n",
          all.get(i).description(),
          1e3 * median,
          median / unit);
    }
    bench.close();
  }

  /** Seconds of a step. */
  private double turn(Optimizer optimizer) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < STEPS_A_TURN; i++) {
      bench.objective.minibatchGradient(bench.theta, examples, update);
      optimizer.displace(new Here(), update);
      bench.device.axpy(1, update, bench.theta);
    }
    return (clock.getCurrentThreadCpuTime() - start) / 1e9 / STEPS_A_TURN;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private final class Here implements Step {
    @Override
    public double learningRate() {
      return 1e-4; // small enough for every one of them
    }

    @Override
    public Matrix theta() {
      return bench.theta;
    }

    @Override
    public void gradient(Matrix point, Matrix gradient) {
      bench.objective.minibatchGradient(point, examples, gradient);
    }
  }
}
