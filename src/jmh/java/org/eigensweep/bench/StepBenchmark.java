package org.eigensweep.bench;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eigensweep.array.Matrix;
import org.eigensweep.training.Optimizer;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.Step;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One step on a mini-batch of 50; what optimisers cost beside each other: {@link OptimizerStep}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StepBenchmark {
  private static final int BATCH = 50;

  @Param({"sgd", "heavy-ball", "nesterov", "rmsprop", "adam", "adamw"})
  public String optimizer;

  @Param({"0", "0.05"})
  public double sam;

  private final int[] examples = IntStream.range(0, BATCH).map(i -> 97 * i).toArray();
  private Bench bench;
  private Optimizer base;
  private Matrix update;
  private Matrix[] weights;
  private Matrix[] activations;
  private Matrix[] gradients;

  @Setup(Level.Trial)
  public void open() {
    bench = new Bench();
    OptimizerSettings settings = OptimizerSettings.standard(optimizer).withSam(sam);
    base = settings.open(bench.scope, bench.theta.rows());
    update = bench.scope.matrix(bench.theta.rows(), 1);
    int[] widths = {784, 200, 200, 10};
    weights = new Matrix[3];
    gradients = new Matrix[3];
    activations = new Matrix[4];
    activations[0] = bench.random(widths[0], BATCH);
    for (int i = 0; i < 3; i++) {
      weights[i] = bench.random(widths[i], widths[i + 1]);
      gradients[i] = bench.random(widths[i], widths[i + 1]);
      activations[i + 1] = bench.random(widths[i + 1], BATCH);
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    bench.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Here(Bench bench, int[] examples) implements Step {
    @Override
    public double learningRate() {
      return 0.01;
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

  @Benchmark
  public void eigensweep() {
    bench.objective.minibatchGradient(bench.theta, examples, update);
    base.displace(new Here(bench, examples), update);
    bench.device.axpy(1, update, bench.theta);
  }

  /** The eight matrix products of such a step alone: forward, to the weights, and backward. */
  @Benchmark
  public void products() {
    for (int i = 0; i < 3; i++) {
      bench.device.gemm(YES, NO, 1, weights[i], activations[i], 0, activations[i + 1]);
      bench.device.gemm(NO, YES, 1, activations[i], activations[i + 1], 0, gradients[i]);
    }
    bench.device.gemm(NO, NO, 1, weights[2], activations[3], 0, activations[2]);
    bench.device.gemm(NO, NO, 1, weights[1], activations[2], 0, activations[1]);
  }
}
