package org.eigensweep.bench;

import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;

/** A network on data in float32. */
final class Bench implements AutoCloseable {
  static final Dataset DIGITS = PaperNetwork.MLP.data();

  final Device device;
  final Scope scope;
  final Objective objective;
  final Matrix theta;

  /** The MLP 784-200-200-10 on built-in digits. */
  Bench() {
    this(PaperNetwork.MLP, DIGITS, Devices.processor());
  }

  /** One of the paper's networks, with all cores. */
  Bench(PaperNetwork which, Dataset data, Devices devices) {
    this(which, data, devices, Runtime.getRuntime().availableProcessors());
  }

  /** The same with some threads. */
  Bench(PaperNetwork which, Dataset data, Devices devices, int threads) {
    device = devices.open(Precision.FLOAT32, threads);
    scope = device.open();
    Network network = which.network(data);
    PassSettings passes = new PassSettings(PassSettings.AS_THE_DEVICE_LIKES, 2L << 30, 1000);
    objective = network.objective(device, data, passes);
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
