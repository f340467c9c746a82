package org.eigensweep.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Labelled examples in memory. The arrays are shared, never copied: treat them as read-only.
 *
 * @param source where the examples came from, for provenance
 * @param shape how the values of an example are laid out
 * @param classes number of classes
 * @param inputs example after example, {@link #features} values each
 * @param labels one class index an example, in [0, classes)
 * @param sha256 hexadecimal digest of features, classes, inputs and labels, for provenance: equal
 *     digests mean equal examples in equal order, wherever they came from
 */
@SuppressWarnings("ArrayRecordComponent") // a data set is compared by its digest, never by value
public record Dataset(
    String source, InputShape shape, int classes, float[] inputs, int[] labels, String sha256)
    implements Serializable {

  /**
   * The one way the sources make a data set: checks sizes and labels and computes the digest.
   *
   * @throws IllegalArgumentException if the arrays disagree in size or a label is out of range: a
   *     fault of the source, which reports faults of its files itself
   */
  public static Dataset of(
      String source, InputShape shape, int classes, float[] inputs, int[] labels) {
    int features = shape.features();
    if (features < 1 || (long) features * labels.length != inputs.length) {
      throw new IllegalArgumentException(
          "%s: %d inputs for %d labels, expected %d inputs (features) a label"
              .formatted(source, inputs.length, labels.length, features));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "%s: label %d of example %d, expected 0 to %d"
                .formatted(source, labels[i], i, classes - 1));
      }
    }
    String sha256 = DatasetDigest.sha256(features, classes, inputs, labels);
    return new Dataset(source, shape, classes, inputs, labels, sha256);
  }

  /**
   * A copy of consecutive examples as a data set.
   *
   * @param from the first
   * @param to after the last
   * @throws IndexOutOfBoundsException if there are no such examples
   */
  public Dataset slice(int from, int to) {
    Objects.checkFromToIndex(from, to, examples());
    return of(
        "%s, examples %d to %d".formatted(source, from, to - 1),
        shape,
        classes,
        Arrays.copyOfRange(inputs, from * features(), to * features()),
        Arrays.copyOfRange(labels, from, to));
  }

  /** Values an example has. */
  public int features() {
    return shape.features();
  }

  /** Number of examples. */
  public int examples() {
    return labels.length;
  }
}
