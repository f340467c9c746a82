package org.eigensweep.bench;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;

/** The MLP 784-200-200-10 on 5,000 built-in digits in float32, with all cores. */
final class Bench implements AutoCloseable {
  static final Dataset DIGITS = new GeneratedDigits(5000, 10, 0).load(new Configuration()).train();

  final Device device = Devices.open(Precision.FLOAT32, Runtime.getRuntime().availableProcessors());
  final Scope scope = device.open();
  final Objective objective;
  final Matrix theta;

  Bench() {
    Mlp mlp = new Mlp(List.of(200, 200), Activation.TANH, Initialization.PYTORCH);
    Network network = Network.of(mlp, DIGITS.shape(), DIGITS.classes(), Loss.MSE);
    objective = network.objective(device, DIGITS, new PassSettings(16L << 20, 1L << 30, 1000));
    theta = scope.copyOf(network.initialParameters(new SplittableRandom(0)));
  }

  /** A matrix of pseudo-random numbers in [-1, 1). */
  Matrix random(int rows, int columns) {
    Matrix matrix = scope.matrix(rows, columns);
    matrix.write(new SplittableRandom(1).doubles(matrix.size(), -1, 1).toArray());
    return matrix;
  }

  @Override
  public void close() {
    objective.close();
    scope.close();
    device.close();
  }
}
