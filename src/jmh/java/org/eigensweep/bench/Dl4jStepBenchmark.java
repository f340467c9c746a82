package org.eigensweep.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.digits.GeneratedDigits;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One SGD step by DL4J's own {@code fit} on the network and the mini-batch of {@link
 * StepBenchmark}: as a program of DL4J has it, and with the BLAS kernels and threads that
 * Eigensweep sets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class Dl4jStepBenchmark {
  private static final int BATCH = 50;

  /** Who sets ND4J up. */
  @Param({"nobody", "Eigensweep"})
  public String setUp;

  private MultiLayerNetwork dl4j;
  private INDArray inputs;
  private INDArray targets;

  @Setup(Level.Trial)
  public void open() {
    if (setUp.equals("Eigensweep")) {
      Devices.processor().open(Precision.FLOAT32, 1).close();
    }
    Dataset digits = new GeneratedDigits(BATCH, 10, 0).load(new Configuration()).train();
    dl4j = new MultiLayerNetwork(configuration());
    dl4j.init();
    inputs = Nd4j.createFromArray(digits.inputs()).reshape(BATCH, 784);
    targets = Nd4j.zeros(BATCH, 10);
    for (int i = 0; i < BATCH; i++) {
      targets.putScalar(i, digits.labels()[i], 1);
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

  @Benchmark
  public void fit() {
    dl4j.fit(inputs, targets);
  }
}
