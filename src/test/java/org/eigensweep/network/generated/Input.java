package org.eigensweep.network.generated;

import java.util.Random;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.eigensweep.data.InputShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network takes: {@code vector:4}, {@code flat:2x5x4} and {@code image:2x5x4} (channels,
 * height, width; {@code last} for channels last), {@code sequence:3x5} (features, steps), {@code
 * tokens:7x5} (vocabulary, length) and {@code index:7}.
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Input(String kind, int[] sizes) {
  static Input parse(String text) {
    String[] parts = text.split(":", -1);
    String[] numbers = parts[1].split("x", -1);
    int[] sizes = new int[numbers.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Integer.parseInt(numbers[i]);
    }
    return new Input(parts[0], sizes);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind).append(':').append(sizes[0]);
    for (int i = 1; i < sizes.length; i++) {
      text.append('x').append(sizes[i]);
    }
    return text.toString();
  }

  /** DL4J's name of it. */
  InputType type() {
    return switch (kind) {
      case "vector", "index" -> InputType.feedForward(sizes[0]);
      case "flat" -> InputType.convolutionalFlat(sizes[1], sizes[2], sizes[0]);
      case "image" -> InputType.convolutional(sizes[1], sizes[2], sizes[0], CNN2DFormat.NCHW);
      case "last" -> InputType.convolutional(sizes[1], sizes[2], sizes[0], CNN2DFormat.NHWC);
      case "sequence", "tokens" -> InputType.recurrent(sizes[0], sizes[1]);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** How this project lays an example out. */
  InputShape shape() {
    return switch (kind) {
      case "vector" -> InputShape.vector(sizes[0]);
      case "index" -> InputShape.vector(1);
      case "flat", "image", "last" -> new InputShape(sizes[0], sizes[1], sizes[2]);
      case "sequence" -> new InputShape(sizes[0], 1, sizes[1]);
      case "tokens" -> new InputShape(2, 1, sizes[1]); // the second plane says which are there
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** Values of an example in this project's layout; no token is missing. */
  float[] draw(Random random) {
    float[] values = new float[shape().features()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (kind) {
            case "index" -> random.nextInt(sizes[0]);
            case "tokens" -> i < sizes[1] ? random.nextInt(sizes[0]) : 1;
            default -> (float) random.nextGaussian();
          };
    }
    return values;
  }

  /** Examples in this project's layout as DL4J takes them. */
  INDArray array(INDArray examples) {
    long n = examples.rows();
    return switch (kind) {
      case "vector", "index", "flat" -> examples;
      case "image" -> examples.reshape('c', n, sizes[0], sizes[1], sizes[2]);
      case "last" ->
          examples.reshape('c', n, sizes[0], sizes[1], sizes[2]).permute(0, 2, 3, 1).dup('c');
      case "sequence" -> examples.reshape('c', n, sizes[0], sizes[1]);
      case "tokens" ->
          examples
              .reshape('c', n, 2, sizes[1])
              .get(
                  org.nd4j.linalg.indexing.NDArrayIndex.all(),
                  org.nd4j.linalg.indexing.NDArrayIndex.point(0),
                  org.nd4j.linalg.indexing.NDArrayIndex.all())
              .dup('c');
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
