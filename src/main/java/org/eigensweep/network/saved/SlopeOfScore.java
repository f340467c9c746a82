package org.eigensweep.network.saved;

import org.eigensweep.network.compile.Dl4jLoss;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A DL4J loss with its own score, whose gradient is the slope of that score. Some of DL4J's scores
 * clip their numbers to bounds. Beyond the bounds the score is flat, but DL4J's own gradient is not
 * zero.
 *
 * @param loss DL4J's
 * @param slope of its score by the outputs before the activation
 */
record SlopeOfScore(ILossFunction loss, Slope slope) implements ILossFunction {
  /** A slope by the outputs before the activation, examples × outputs. */
  interface Slope extends java.io.Serializable {
    /**
     * The slope.
     *
     * @param labels one-hot, examples × outputs
     * @param before outputs before the activation; not to be written
     * @param activation the output layer's
     */
    INDArray at(INDArray labels, INDArray before, IActivation activation);
  }

  /** A loss with the slope of its score: itself where DL4J's gradient is that, or may be. */
  static ILossFunction of(ILossFunction loss, IActivation activation) {
    boolean softmax = Dl4jLoss.isSoftmax(activation);
    if (loss.getClass() == LossBinaryXENT.class) {
      LossBinaryXENT binary = (LossBinaryXENT) loss;
      return new SlopeOfScore(
          loss, softmax ? ofClass(binary) : (y, z, f) -> ofEach(binary, y, z, f));
    }
    if (softmax
        && (loss.getClass() == LossMCXENT.class
            || loss.getClass() == LossNegativeLogLikelihood.class)) {
      LossMCXENT entropy = (LossMCXENT) loss;
      return new SlopeOfScore(loss, (y, z, f) -> ofClipped(entropy, y, z, f));
    }
    if (loss.getClass() == LossCosineProximity.class) {
      return new SlopeOfScore(loss, SlopeOfScore::ofCosine);
    }
    if (loss.getClass() == LossKLD.class) {
      return new SlopeOfScore(loss, SlopeOfScore::ofDivergence);
    }
    return loss;
  }

  /** After softmax the score is that of the class alone, without a clip. */
  private static Slope ofClass(LossBinaryXENT loss) {
    LossMCXENT same = new LossMCXENT(0, loss.getWeights());
    return (labels, before, activation) ->
        same.computeGradient(labels, before.dup(), activation, null);
  }

  /** Each output is taken within [clip, 1 − clip]. */
  private static INDArray ofEach(
      LossBinaryXENT loss, INDArray labels, INDArray before, IActivation activation) {
    double clip = loss.getClipEps();
    INDArray outputs = activation.getActivation(before.dup(), true);
    INDArray inside = within(outputs, clip, 1 - clip);
    INDArray clipped = bounded(outputs, clip, 1 - clip);
    INDArray slope = clipped.sub(labels).divi(clipped.mul(clipped.rsub(1))).muli(inside);
    if (loss.getWeights() != null) {
      slope.muliRowVector(loss.getWeights().castTo(slope.dataType()));
    }
    return activation.backprop(before.dup(), slope).getFirst();
  }

  /** The class's probability is taken within [clip, 1 − clip]. */
  private static INDArray ofClipped(
      LossMCXENT loss, INDArray labels, INDArray before, IActivation activation) {
    double clip = loss.getSoftmaxClipEps();
    INDArray inside = within(activation.getActivation(before.dup(), true), clip, 1 - clip);
    INDArray kept = inside.muli(labels).sum(true, 1);
    return loss.computeGradient(labels, before.dup(), activation, null).muliColumnVector(kept);
  }

  /** The outputs' norm is taken as 1e-5 at least, and a one-hot label's is 1. */
  private static INDArray ofCosine(INDArray labels, INDArray before, IActivation activation) {
    INDArray outputs = activation.getActivation(before.dup(), true);
    INDArray norms = outputs.norm2(true, 1);
    INDArray divisors = Transforms.max(norms, Nd4j.EPS_THRESHOLD, true);
    INDArray cosines = outputs.mul(labels).sum(true, 1).divi(divisors);
    cosines.divi(divisors).muli(norms.gt(Nd4j.EPS_THRESHOLD).castTo(norms.dataType()));
    INDArray slope = outputs.mulColumnVector(cosines).subi(labels).diviColumnVector(divisors);
    return activation.backprop(before.dup(), slope).getFirst();
  }

  /** Labels of 0 are taken as 1e-5, and outputs within [1e-5, 1]. */
  private static INDArray ofDivergence(INDArray labels, INDArray before, IActivation activation) {
    double least = Nd4j.EPS_THRESHOLD;
    INDArray outputs = activation.getActivation(before.dup(), true);
    INDArray inside = within(outputs, least, 1);
    INDArray slope =
        Transforms.max(labels, least, true).negi().divi(bounded(outputs, least, 1)).muli(inside);
    return activation.backprop(before.dup(), slope).getFirst();
  }

  /** 1 where a number lies within bounds, and 0 elsewhere. */
  private static INDArray within(INDArray numbers, double least, double most) {
    return numbers
        .gte(least)
        .castTo(numbers.dataType())
        .muli(numbers.lte(most).castTo(numbers.dataType()));
  }

  private static INDArray bounded(INDArray numbers, double least, double most) {
    return Transforms.min(Transforms.max(numbers, least, true), most, true);
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray before, IActivation activation, INDArray mask, boolean average) {
    return loss.computeScore(labels, before, activation, mask, average);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray before, IActivation activation, INDArray mask) {
    return loss.computeScoreArray(labels, before, activation, mask);
  }

  /**
   * The slope of the summed score.
   *
   * @throws UnsupportedOperationException if there is a mask: no data here have one
   */
  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray before, IActivation activation, INDArray mask) {
    if (mask != null) {
      throw new UnsupportedOperationException("a mask of labels for " + name());
    }
    return slope.at(labels.castTo(before.dataType()), before, activation);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray before, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, before, activation, mask, average),
        computeGradient(labels, before, activation, mask));
  }

  @Override
  public String name() {
    return loss.name();
  }

  @Override
  public String toString() {
    return loss.toString();
  }
}
