package org.eigensweep.network;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;

/**
 * Takes Hessian and Gauss–Newton products of an MLP and a CNN, in turn, and prints what the device,
 * JavaCPP and the process hold after 20 of them and after 2,000.
 */
final class TwoThousandProducts {
  private TwoThousandProducts() {}

  public static void main(String[] args) {
    Dataset images = Samples.images(7, new InputShape(1, 4, 4), 3, 1);
    Initialization start = Initialization.PYTORCH;
    print("mlp", new Mlp(List.of(9), Activation.TANH, start), images);
    print("cnn", new Cnn(3, Pooling.MAX, Normalization.NONE, Activation.RELU, start), images);
  }

  /** A chunk that is kept, and a smaller one that passes again for every product. */
  private static void print(String name, Model model, Dataset data) {
    Network network = Samples.network(model, Loss.CROSS_ENTROPY, data);
    long outputs = Dl4jCompiler.compile(network.architecture()).activations(data.features()) * 4;
    PassSettings settings = new PassSettings(4 * outputs, 16 * outputs, 1);
    try (Device device = Devices.processor().open(Precision.FLOAT32, 1);
        Scope scope = device.open();
        Objective objective = network.objective(device, data, settings);
        Linearization here =
            objective.linearize(scope.copyOf(network.initialParameters(new SplittableRandom(5))))) {
      Matrix block = scope.copyOf(Samples.normal(network.parameters(), 2, 13));
      Matrix product = scope.matrix(network.parameters(), 2);
      for (int i = 1; i <= 2_000; i++) {
        if (i % 2 == 0) {
          here.hessianProduct(block, product);
        } else {
          here.gaussNewtonProduct(block, product);
        }
        if (i == 20 || i == 2_000) {
          collect();
          System.out.printf(
              "%s %d %d %d %d%n",
              name, i, device.bytes(), Pointer.totalBytes(), Pointer.physicalBytes());
        }
      }
    }
  }

  /** Lets go of ND4J's small native headers, which otherwise wait for the next collection. */
  private static void collect() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      try {
        Thread.sleep(200); // the headers are freed by a thread of their own
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
