package org.eigensweep.network.pass;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;

/** A data set on the device, laid out as a network takes it. */
public final class Examples {
  private final Device device;
  private final Batch all;
  private final Matrix targets;

  private Examples(Device device, Batch all, Matrix targets) {
    this.device = device;
    this.all = all;
    this.targets = targets;
  }

  /**
   * Copies a data set.
   *
   * @param scope owner of the copies
   */
  public static Examples of(Device device, LayerGraph graph, Dataset data, Scope scope) {
    Matrix targets = scope.matrix(data.classes(), data.examples());
    targets.write(oneHot(data));
    Batch all =
        graph.takesTokens()
            ? tokens(data, scope)
            : new Batch(copy(data.inputs(), data.features(), scope), null);
    return new Examples(device, all, targets);
  }

  /** The first plane of an example holds the ids, the second the mask. */
  private static Batch tokens(Dataset data, Scope scope) {
    InputShape shape = data.shape();
    int length = shape.width();
    if (shape.channels() != 2 || shape.height() != 1) {
      throw new IllegalArgumentException(
          "examples of %d x %d x %d, expected tokens (2 x 1 x length: ids and mask)"
              .formatted(shape.channels(), shape.height(), length));
    }
    float[] ids = new float[data.examples() * length];
    float[] mask = new float[ids.length];
    for (int j = 0; j < data.examples(); j++) {
      System.arraycopy(data.inputs(), 2 * j * length, ids, j * length, length);
      System.arraycopy(data.inputs(), (2 * j + 1) * length, mask, j * length, length);
    }
    return new Batch(copy(ids, length, scope), copy(mask, length, scope));
  }

  private static Matrix copy(float[] values, int rows, Scope scope) {
    Matrix copy = scope.matrix(rows, values.length / rows);
    copy.write(values);
    return copy;
  }

  private static float[] oneHot(Dataset data) {
    float[] targets = new float[data.classes() * data.examples()];
    for (int j = 0; j < data.examples(); j++) {
      targets[j * data.classes() + data.labels()[j]] = 1;
    }
    return targets;
  }

  /** Values that enter the network for an example. */
  int features() {
    return all.inputs().rows();
  }

  /** Views of some examples in a row. */
  public Batch batch(int from, int count) {
    Matrix mask = all.mask() == null ? null : all.mask().columns(from, count);
    return new Batch(all.inputs().columns(from, count), mask);
  }

  /** One-hot targets of some examples in a row, classes × count. */
  Matrix targets(int from, int count) {
    return targets.columns(from, count);
  }

  /** Copies of some examples, in their order. */
  public Batch batch(int[] examples, Scope scope) {
    Matrix mask = all.mask() == null ? null : gather(all.mask(), examples, scope);
    return new Batch(gather(all.inputs(), examples, scope), mask);
  }

  /** One-hot targets of some examples, classes × count. */
  Matrix targets(int[] examples, Scope scope) {
    return gather(targets, examples, scope);
  }

  private Matrix gather(Matrix from, int[] columns, Scope scope) {
    Matrix to = scope.matrix(from.rows(), columns.length);
    device.gatherColumns(from, columns, to);
    return to;
  }
}
