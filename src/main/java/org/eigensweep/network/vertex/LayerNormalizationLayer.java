package org.eigensweep.network.vertex;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016) of rows: each row minus its mean, over the root
 * of its biased variance plus ε, times a gain and plus a bias. The parameters are the gain W and
 * the bias b; DL4J's L2 regularisation, where it is configured, takes W for a weight. Positions of
 * a sequence are rows, as DL4J's RnnToFeedForwardPreProcessor lays them out.
 */
public final class LayerNormalizationLayer extends ElementWiseMultiplicationLayer {
  private double epsilon;

  /** For DL4J, which fills in a saved configuration. */
  LayerNormalizationLayer() {}

  /**
   * A layer with a gain of one and a bias of zero.
   *
   * @param width values of a row
   * @param epsilon what keeps the root away from zero
   */
  public LayerNormalizationLayer(int width, double epsilon) {
    super(
        new Builder()
            .nIn(width)
            .nOut(width)
            .weightInit(WeightInit.ONES)
            .biasInit(0)
            .l2(0)
            .activation(new ActivationIdentity()));
    this.epsilon = epsilon;
  }

  /** What keeps the root away from zero. */
  public double getEpsilon() {
    return epsilon;
  }

  /** For DL4J's reader. */
  public void setEpsilon(double epsilon) {
    this.epsilon = epsilon;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    Layer layer = new RunningLayerNormalization(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(configuration, parameters, initialize);
    layer.setParamTable(table);
    layer.setConf(configuration);
    return layer;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LayerNormalizationLayer that
        && super.equals(other)
        && epsilon == that.epsilon;
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof LayerNormalizationLayer;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Double.hashCode(epsilon);
  }
}
