package org.eigensweep.bench;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.concurrent.TimeUnit;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Linearization;
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
 * What curvature costs: a linearisation (loss and gradient of all examples), a block of Hessian
 * products, and beside them the first layer's matrix product, which sets the pace.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class ProductBenchmark {
  /** Vectors in a block. */
  @Param({"1", "4", "10"})
  public int block;

  private Bench bench;
  private Linearization linearization;
  private Matrix vectors;
  private Matrix products;
  private Matrix examples;
  private Matrix weights;
  private Matrix activations;

  @Setup(Level.Trial)
  public void open() {
    bench = new Bench();
    linearization = bench.objective.linearize(bench.theta);
    vectors = bench.random(bench.theta.rows(), block);
    products = bench.scope.matrix(bench.theta.rows(), block);
    examples = bench.random(784, 1000);
    weights = bench.random(784, 200);
    activations = bench.scope.matrix(200, 1000);
  }

  @TearDown(Level.Trial)
  public void close() {
    linearization.close();
    bench.close();
  }

  /** Forward and backward pass over 5,000 examples: loss and gradient. */
  @Benchmark
  public void linearize() {
    bench.objective.linearize(bench.theta).close();
  }

  /** A block of exact Hessian-vector products over 5,000 examples. */
  @Benchmark
  public void hessianProduct() {
    linearization.hessianProduct(vectors, products);
  }

  /** One product of 200 × 784 by 784 × 1000: 0.3136 GFLOP. */
  @Benchmark
  public void gemm() {
    bench.device.gemm(YES, NO, 1, weights, examples, 0, activations);
  }
}
