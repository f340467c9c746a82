package org.eigensweep.bench;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Matrix;
import org.eigensweep.training.BaseOptimizer;
import org.eigensweep.training.OptimizerKind;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
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

/** One SGD step on a mini-batch of 50: ours, and DL4J's own {@code fit} on the same network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StepBenchmark {
  private static final int BATCH = 50;

  private final int[] examples = IntStream.range(0, BATCH).map(i -> 97 * i).toArray();
  private final BaseOptimizer optimizer = OptimizerKind.SGD.create(0.01);
  private Bench bench;
  private Matrix update;
  private Matrix[] weights;
  private Matrix[] activations;
  private Matrix[] gradients;
  private MultiLayerNetwork dl4j;
  private INDArray inputs;
  private INDArray targets;

  @Setup(Level.Trial)
  public void open() {
    bench = new Bench();
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
    dl4j = new MultiLayerNetwork(configuration());
    dl4j.init();
    float[] pixels = new float[BATCH * 784];
    System.arraycopy(Bench.DIGITS.inputs(), 0, pixels, 0, pixels.length);
    inputs = Nd4j.createFromArray(pixels).reshape(BATCH, 784);
    targets = Nd4j.zeros(BATCH, 10);
    for (int i = 0; i < BATCH; i++) {
      targets.putScalar(i, Bench.DIGITS.labels()[i], 1);
    }
  }

  private static org.deeplearning4j.nn.conf.MultiLayerConfiguration configuration() {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().updater(new Sgd(0.01)).list();
    int fanIn = 784;
    for (int width : List.of(200, 200)) {
      list.layer(
          new DenseLayer.Builder().nIn(fanIn).nOut(width).activation(Activation.TANH).build());
      fanIn = width;
    }
    return list.layer(
            new OutputLayer.Builder(LossFunction.L2)
                .nIn(fanIn)
                .nOut(10)
                .activation(Activation.IDENTITY)
                .build())
        .build();
  }

  @TearDown(Level.Trial)
  public void close() {
    bench.close();
  }

  @Benchmark
  public void eigensweep() {
    bench.objective.minibatchGradient(bench.theta, examples, update);
    optimizer.displace(update);
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

  @Benchmark
  public void dl4jFit() {
    dl4j.fit(inputs, targets);
  }
}
