package org.eigensweep.network.vertex;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adds the fixed encoding of positions of Vaswani et al. (2017, section 3.5) to a sequence: at
 * position p, sin(p / 10000^(2i/width)) to the feature 2i and the cosine of the same to 2i + 1.
 * Sequences are examples × width × length, of any width and length.
 */
public final class SinusoidalPositions implements InputPreProcessor {
  private static final long serialVersionUID = 1;

  @Override
  public INDArray preProcess(INDArray input, int examples, LayerWorkspaceMgr workspaces) {
    INDArray encoding = encoding((int) input.size(1), (int) input.size(2));
    INDArray sum = input.add(encoding.castTo(input.dataType()));
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, sum);
  }

  private static INDArray encoding(int width, int length) {
    INDArray encoding = Nd4j.create(DataType.DOUBLE, 1, width, length);
    for (int position = 0; position < length; position++) {
      for (int i = 0; i < width; i++) {
        double angle = position / Math.pow(10000, (i - i % 2) / (double) width);
        double value = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
        encoding.putScalar(new int[] {0, i, position}, value);
      }
    }
    return encoding;
  }

  @Override
  public INDArray backprop(INDArray gradient, int examples, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATION_GRAD, gradient);
  }

  @Override
  public InputType getOutputType(InputType inputType) {
    return inputType;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int examples) {
    return Pair.of(mask, state);
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod") // there is nothing to copy
  public InputPreProcessor clone() {
    return new SinusoidalPositions();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SinusoidalPositions;
  }

  @Override
  public int hashCode() {
    return SinusoidalPositions.class.hashCode();
  }
}
