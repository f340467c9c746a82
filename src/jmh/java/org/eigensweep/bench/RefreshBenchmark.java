package org.eigensweep.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.SubspaceTracker;
import org.eigensweep.linalg.Which;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A refresh of the ten leading eigenvectors, with and without a forecast, beside the block of ten
 * products in it: what is left is orthogonalisation, Rayleigh–Ritz and the forecast.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class RefreshBenchmark {
  private static final int PAIRS = 10;
  private static final int FORECASTS_FROM = 10;

  private Bench bench;
  private Linearization linearization;
  private LinearOperator hessian;
  private SubspaceTracker tracker;
  private Matrix block;
  private Matrix product;

  @Setup(Level.Trial)
  public void open() {
    bench = new Bench();
    linearization = bench.objective.linearize(bench.theta);
    hessian = CurvatureMatrix.HESSIAN.at(linearization);
    tracker =
        new SubspaceTracker(
            bench.device,
            new SolverSettings(PAIRS, 1e-3, Which.LARGEST, 2000),
            new SplittableRandom(1));
    for (int i = 0; i < FORECASTS_FROM; i++) {
      forecastAndRefresh();
    }
    block = bench.random(bench.theta.rows(), PAIRS);
    product = bench.scope.matrix(bench.theta.rows(), PAIRS);
  }

  @TearDown(Level.Trial)
  public void close() {
    tracker.close();
    linearization.close();
    bench.close();
  }

  @Benchmark
  public void product() {
    hessian.apply(block, product);
  }

  @Benchmark
  public void refresh() {
    tracker.refresh(hessian);
  }

  @Benchmark
  public void forecastAndRefresh() {
    tracker.refresh(hessian, bench.theta);
  }
}
