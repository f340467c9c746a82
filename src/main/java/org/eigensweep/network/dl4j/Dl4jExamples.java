package org.eigensweep.network.dl4j;

import java.io.Serializable;
import org.eigensweep.array.process.CpuKernels;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples as a DL4J network takes them, in float64. They may be sent to other processes.
 *
 * @param taking how the network wants them
 * @param inputs number of the network's inputs
 * @param data the examples
 */
public record Dl4jExamples(Taking taking, int inputs, Dataset data) implements Serializable {
  static {
    CpuKernels.choose(); // where they arrive, nothing else may have touched ND4J
  }

  /** How a network wants its examples. */
  public enum Taking {
    /** Examples × values. */
    VECTORS,
    /** Examples × channels × height × width. */
    IMAGES,
    /** Token ids, examples × length; and a mask of the same shape where there are two inputs. */
    TOKENS
  }

  public static Dl4jExamples of(Dl4jModel model, Dataset data) {
    return new Dl4jExamples(model.taking(), model.architecture().inputs().size(), data);
  }

  /**
   * Some examples with their one-hot targets.
   *
   * @param examples indices in the data set
   */
  public MultiDataSet batch(int[] examples) {
    return new org.nd4j.linalg.dataset.MultiDataSet(
        inputs(examples), new INDArray[] {labels(examples)});
  }

  /** One array for each of the network's inputs. */
  public INDArray[] inputs(int[] examples) {
    InputShape shape = data.shape();
    return switch (taking) {
      case VECTORS -> new INDArray[] {plane(examples, 0, examples.length, shape.features())};
      case IMAGES ->
          new INDArray[] {
            plane(examples, 0, examples.length, shape.channels(), shape.height(), shape.width())
          };
      case TOKENS -> {
        INDArray[] planes = new INDArray[inputs];
        for (int i = 0; i < inputs; i++) {
          planes[i] = plane(examples, i * shape.width(), examples.length, shape.width());
        }
        yield planes;
      }
    };
  }

  /** Values of every example from one on, as many as fill the shape. */
  private INDArray plane(int[] examples, int from, long... shape) {
    int count = 1;
    for (int d = 1; d < shape.length; d++) {
      count *= Math.toIntExact(shape[d]);
    }
    double[] values = new double[examples.length * count];
    for (int j = 0; j < examples.length; j++) {
      for (int i = 0; i < count; i++) {
        values[j * count + i] = data.inputs()[examples[j] * data.features() + from + i];
      }
    }
    return Nd4j.createFromArray(values).reshape(shape);
  }

  /** One-hot, examples × classes. */
  public INDArray labels(int[] examples) {
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, examples.length, data.classes());
    for (int j = 0; j < examples.length; j++) {
      labels.putScalar(j, data.labels()[examples[j]], 1);
    }
    return labels;
  }
}
