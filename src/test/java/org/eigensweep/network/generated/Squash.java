package org.eigensweep.network.generated;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** A user's own layer: a hyperbolic tangent by SameDiff, whose gradient DL4J 1.0.0-M2.1 doubles. */
public final class Squash extends SameDiffLambdaLayer {
  @Override
  public SDVariable defineLayer(SameDiff sd, SDVariable input) {
    return sd.math().tanh(input);
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    return inputType;
  }
}
