package org.eigensweep.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.network.preset.Transformer;
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
 * The gradient and a block of Hessian products of the three networks of Song, Ahn and Yun (2025),
 * in float32 on all cores: the MLP on 1,000 digits, the CNN on 1,000 images of 3 × 32 × 32, the
 * transformer on 100 texts of 56 tokens. The cost grows with the examples.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class NetworkBenchmark {
  /** The task. */
  @Param({"mlp", "cnn", "transformer"})
  public String network;

  /** Vectors in a block. */
  @Param({"1", "4", "10"})
  public int block;

  private Device device;
  private org.eigensweep.array.Scope scope;
  private Objective objective;
  private Matrix theta;
  private Linearization linearization;
  private Matrix vectors;
  private Matrix products;

  @Setup(Level.Trial)
  public void open() {
    device = Devices.open(Precision.FLOAT32, Runtime.getRuntime().availableProcessors());
    scope = device.open();
    Dataset data = data();
    Network built = Network.of(model(), data.shape(), data.classes(), Loss.MSE);
    objective = built.objective(device, data, new PassSettings(16L << 20, 1L << 30, 1000));
    theta = scope.copyOf(built.initialParameters(new SplittableRandom(0)));
    linearization = objective.linearize(theta);
    vectors = scope.matrix(theta.rows(), block);
    vectors.write(new SplittableRandom(1).doubles(vectors.size(), -1, 1).toArray());
    products = scope.matrix(theta.rows(), block);
  }

  private Model model() {
    return switch (network) {
      case "mlp" -> new Mlp(List.of(200, 200), Activation.TANH, Initialization.PYTORCH);
      case "cnn" ->
          new Cnn(32, Pooling.MAX, Normalization.NONE, Activation.RELU, Initialization.PYTORCH);
      default -> new Transformer(30_522, 64, 8, 2048, 2, Activation.RELU, Initialization.PYTORCH);
    };
  }

  private Dataset data() {
    SplittableRandom random = new SplittableRandom(2);
    return switch (network) {
      case "mlp" -> new GeneratedDigits(1000, 10, 0).load(new Configuration()).train();
      case "cnn" -> {
        float[] pixels = new float[1000 * 3 * 32 * 32];
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = (float) random.nextGaussian();
        }
        yield set(new InputShape(3, 32, 32), 10, pixels, 1000);
      }
      default -> {
        float[] texts = new float[100 * 2 * 56];
        for (int i = 0; i < texts.length; i++) {
          boolean ids = i / 56 % 2 == 0;
          texts[i] = ids ? random.nextInt(30_522) : (i % 56 < 20 ? 1 : 0);
        }
        yield set(new InputShape(2, 1, 56), 2, texts, 100);
      }
    };
  }

  private static Dataset set(InputShape shape, int classes, float[] inputs, int examples) {
    int[] labels = new SplittableRandom(3).ints(examples, 0, classes).toArray();
    return new Dataset("random", shape, classes, inputs, labels, "");
  }

  @TearDown(Level.Trial)
  public void close() {
    linearization.close();
    objective.close();
    scope.close();
    device.close();
  }

  /** Forward and backward pass: loss and gradient. */
  @Benchmark
  public void gradient() {
    objective.linearize(theta).close();
  }

  /** A block of exact Hessian-vector products. */
  @Benchmark
  public void product() {
    linearization.hessianProduct(vectors, products);
  }
}
